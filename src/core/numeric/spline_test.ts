import { sizeOf, splineCoefficients, zoom, type Zyx } from "@/core/mod.ts";
import { hashedBytes, readFixture } from "@test/fixtures.ts";
import { assertAlmostEquals, assertSameNumbers } from "@test/helpers.ts";

/** Zooms a line and compares it with what scipy.ndimage.zoom 1.17 gives. */
function assertZooms(line: number[], scipy: number[]) {
  const ours = zoom(line, [1, 1, line.length], [1, 1, scipy.length], 3);
  scipy.forEach((value, i) => assertAlmostEquals(ours[i]!, value, 1e-8));
}

Deno.test("zoom() equals scipy at order 3", () => {
  assertZooms([0, 1, 3], [
    ...[0, 0.092592593, 0.407407407, 1, 1.851851852, 2.648148148, 3],
  ]);
  assertZooms([0, 1], [0, 0.259259259, 0.740740741, 1]);
  assertZooms([2], [2, 2, 2, 2]);
  assertZooms([0, 1, -1, 2, 0.5, 0], [
    ...[0, 0.70703789, 0.845249112, -0.63990785, -0.593557406],
    ...[1.452143265, 1.961456672, 0.73038376, 0.036508687, 0],
  ]);
});

Deno.test("zoom() is a straight line between values at order 1", () => {
  assertSameNumbers(zoom([0, 4, 2], [1, 3, 1], [1, 5, 1], 1), [0, 2, 4, 3, 2]);
});

Deno.test("zoom() keeps the first and last voxel of every axis", () => {
  const from = Float64Array.from({ length: 24 }, (_, i) => Math.sin(7 * i));
  const to = zoom(from, [2, 3, 4], [5, 7, 9], 3);
  assertAlmostEquals(to[0]!, from[0]!, 1e-12);
  assertAlmostEquals(to.at(-1)!, from.at(-1)!, 1e-12);
  assertAlmostEquals(to[8]!, from[3]!, 1e-12); // the end of the first row
});

/** Grey values that make.py makes too. */
function hashed(shapeVox: Zyx): number[] {
  return hashedBytes(sizeOf(shapeVox)).map((byte) => byte / 255);
}

Deno.test("splineCoefficients() equals scipy on lines, sections and volumes", () => {
  const cases = readFixture<{
    readonly shapeVox: Zyx;
    readonly border: "mirror" | "reflect";
    readonly values: readonly number[];
  }>("numeric/splines.jsonl");
  for (const { shapeVox, border, values } of cases) {
    const ours = splineCoefficients(hashed(shapeVox), shapeVox, border);
    // scipy's first coefficient of `reflect` is a little off; see interpolate_test.ts.
    const tolerance = border === "mirror" ? 1e-8 : 1e-4;
    values.forEach((value, i) =>
      assertAlmostEquals(ours[i]!, value, tolerance)
    );
  }
});

Deno.test("zoom() equals scipy on lines, sections and volumes", () => {
  const cases = readFixture<{
    readonly shapeVox: Zyx;
    readonly toShapeVox: Zyx;
    readonly order: 0 | 1 | 3;
    readonly values: readonly number[];
  }>("numeric/zoom.jsonl");
  for (const { shapeVox, toShapeVox, order, values } of cases) {
    const ours = zoom(hashed(shapeVox), shapeVox, toShapeVox, order);
    values.forEach((value, i) => assertAlmostEquals(ours[i]!, value, 1e-8));
  }
});
