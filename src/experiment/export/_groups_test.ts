import { deepStrictEqual } from "node:assert/strict";
import { groupsOf } from "./_groups.ts";

function grouped(blocks: readonly (readonly (readonly number[])[])[]) {
  return [...groupsOf(blocks, 3)];
}

Deno.test("groupsOf() puts blocks together until they have enough rows", () => {
  deepStrictEqual(grouped([]), []);
  deepStrictEqual(
    grouped([[[1], [6]], [[2, 3], [7, 8]], [[4], [9]]]),
    [[[1, 2, 3], [6, 7, 8]], [[4], [9]]],
  );
  deepStrictEqual(grouped([[[1, 2]], [[3, 4, 5]]]), [[[1, 2, 3, 4, 5]]]);
});
