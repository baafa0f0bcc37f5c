import { throws } from "node:assert/strict";
import fc from "fast-check";
import { assertAlmostEquals } from "@test/helpers.ts";
import {
  type AffineMap,
  after,
  areaScale,
  inverseOf,
  mapped,
} from "./affine_map.ts";

const turn: AffineMap = { y: [0, -1, 0], x: [1, 0, 0] };
const shift: AffineMap = { y: [1, 0, 2], x: [0, 1, 3] };

function assertPlace(
  [y, x]: readonly [number, number],
  wanted: readonly [number, number],
): void {
  assertAlmostEquals(y, wanted[0], 1e-6);
  assertAlmostEquals(x, wanted[1], 1e-6);
}

Deno.test("after() does one map and then the other", () => {
  assertPlace(mapped(after(turn, shift), [0, 1]), [-4, 2]);
  assertPlace(mapped(after(shift, turn), [0, 1]), [1, 3]);
});

Deno.test("inverseOf() undoes a map on both sides", () => {
  const number = fc.double({ min: -0.4, max: 0.4, noNaN: true });
  const map = fc.tuple(number, number, number, number, number, number).map(
    ([a, b, c, d, e, f]): AffineMap => ({
      y: [1 + a, b, 100 * c],
      x: [d, 1 + e, 100 * f],
    }),
  );
  fc.assert(fc.property(map, (map) => {
    if (Math.abs(areaScale(map)) < 0.1) return;
    assertPlace(mapped(after(inverseOf(map), map), [7, -3]), [7, -3]);
    assertPlace(mapped(after(map, inverseOf(map)), [7, -3]), [7, -3]);
  }));
});

Deno.test("areaScale() is negative for a mirror image", () => {
  assertAlmostEquals(areaScale(turn), 1, 0);
  assertAlmostEquals(areaScale({ y: [2, 0, 9], x: [0, -3, 9] }), -6, 0);
});

Deno.test("inverseOf() refuses a map that flattens the plane", () => {
  throws(() => inverseOf({ y: [1, 2, 0], x: [2, 4, 0] }), RangeError);
  throws(() => inverseOf({ y: [NaN, 0, 0], x: [0, 1, 0] }), RangeError);
});
