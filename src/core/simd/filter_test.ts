import { throws } from "node:assert/strict";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { bothWays, counts, someGreys } from "./_testing.ts";
import { filtered } from "./filter.ts";

/** A line that goes on at its ends as it begins: 0 1 2 | 0 1 2 | 0 1 2. */
function around(length: number, radius: number): Int32Array {
  return Int32Array.from(
    { length: length + 2 * radius },
    (_, i) => (i + (length - radius % length)) % length,
  );
}

Deno.test("filtered() sums the voxels before and behind, along each axis", () => {
  const weights = Float32Array.of(0.5, 0.125, 0.25);
  for (const inner of counts) {
    for (const [outer, length] of [[1, 40], [3, 5], [2, 1], [0, 4]] as const) {
      const n = outer * length * inner;
      const values = someGreys(n);
      const line = around(length, 2);
      const ours = bothWays(() =>
        filtered(values, [outer, length, inner], { weights, line })
      );
      assertEquals(ours.length, n);
      for (let at = 0; at < n; at++) {
        const column = at % inner, i = Math.floor(at / inner) % length;
        const first = at - i * inner - column;
        const from = (k: number) =>
          values[first + ((i + k + 2 * length) % length) * inner + column]!;
        const sum = 0.5 * from(0) + 0.125 * (from(-1) + from(1)) +
          0.25 * (from(-2) + from(2));
        assertAlmostEquals(ours[at]!, sum, 1e-6);
      }
    }
  }
});

Deno.test("filtered() refuses what does not fit", () => {
  const values = new Float32Array(12);
  const weights = Float32Array.of(1, 0);
  const run = (shape: [number, number, number], line: Int32Array) =>
    filtered(values, shape, { weights, line });
  assertEquals(run([1, 4, 3], around(4, 1)).length, 12);
  throws(() => run([1, 4, 4], around(4, 1)), RangeError);
  throws(() => run([1, 4, 3], around(4, 2)), RangeError);
  throws(() => run([1, 4, 3], Int32Array.of(0, 0, 1, 2, 3, 4)), RangeError);
  throws(
    () =>
      filtered(values, [1, 4, 3], {
        weights: new Float32Array(0),
        line: around(4, 1),
      }),
    RangeError,
  );
});
