import { deepStrictEqual } from "node:assert/strict";
import { keepingLast } from "./keeping_last.ts";

Deno.test("keepingLast() makes again what was asked for longest ago, and no more", () => {
  const made: number[] = [];
  const square = keepingLast((at) => {
    made.push(at);
    return at * at;
  }, 2);
  deepStrictEqual([3, 4, 3, 5, 3, 4].map(square), [9, 16, 9, 25, 9, 16]);
  deepStrictEqual(made, [3, 4, 5, 4]);
});
