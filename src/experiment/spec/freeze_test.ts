import { deepStrictEqual, throws } from "node:assert/strict";
import { deepFreeze } from "./freeze.ts";

Deno.test("deepFreeze() freezes all of a value, also one that holds itself", () => {
  const value = { a: [{ b: 1 }], c: null, d: "x", self: {} };
  value.self = value;
  deepStrictEqual(deepFreeze(value), value);
  throws(() => value.a.push({ b: 2 }), TypeError);
  throws(() => value.a[0]!.b = 2, TypeError);
  deepStrictEqual(deepFreeze(3), 3);
  deepStrictEqual(deepFreeze(null), null);
});
