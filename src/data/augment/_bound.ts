import { mapZyx, sizeOf, splineCoefficients, type Zyx } from "@/core/mod.ts";
import type { FieldParameters } from "./_field.ts";
import type { Misalignment } from "./_misalign.ts";

/**
 * No voxel of a patch is read farther beyond its border than this along z, y and
 * x: turn, spline and displacement of the sections together.
 */
export function largestReachVox(
  { shapeVox, points, offsetsVox, angle, imageShiftsVox, labelShiftsVox }:
    & FieldParameters
    & Misalignment,
): Zyx {
  const [, halfY, halfX] = mapZyx((axis) => (shapeVox[axis] - 1) / 2);
  const cos = Math.abs(Math.cos(angle)), sin = Math.abs(Math.sin(angle));
  const turn = [
    0,
    Math.max(0, cos * halfY + sin * halfX - halfY),
    Math.max(0, cos * halfX + sin * halfY - halfX),
  ];
  const shifts = [...imageShiftsVox, ...labelShiftsVox];
  const shift = (axis: 0 | 1) =>
    shifts.reduce((most, pair) => Math.max(most, Math.abs(pair[axis])), 0);
  const displaced = [0, shift(0), shift(1)];
  return mapZyx((axis) =>
    turn[axis]! + displaced[axis]! + largestOffset(offsetsVox[axis], points)
  );
}

/**
 * How far the cubic spline through the offsets gets from 0 at most. It stays
 * within its coefficients; those of the same spline with twice and four times as
 * many knots lie closer and closer to it.
 */
function largestOffset(offsets: readonly number[] | null, points: Zyx): number {
  if (offsets === null) return 0;
  let coefficients = splineCoefficients(offsets, points), shape = points;
  for (const axis of [0, 1, 2, 0, 1, 2] as const) {
    coefficients = withTwiceTheKnots(coefficients, shape, axis);
    shape = shape.with(axis, 2 * shape[axis] - 1) as unknown as Zyx;
  }
  return coefficients.reduce((most, c) => Math.max(most, Math.abs(c)), 0);
}

/** The coefficients of the same spline with a knot between each two. */
function withTwiceTheKnots(
  coefficients: Float64Array,
  shapeVox: Zyx,
  axis: 0 | 1 | 2,
): Float64Array<ArrayBuffer> {
  const length = shapeVox[axis], twice = 2 * length - 1;
  const inner = axis === 0
    ? shapeVox[1] * shapeVox[2]
    : axis === 1
    ? shapeVox[2]
    : 1;
  const outer = sizeOf(shapeVox) / inner / length;
  const result = new Float64Array(outer * twice * inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const at = (k: number) =>
        // beyond its ends the line is mirrored
        coefficients[
          (o * length +
              (length === 1 ? 0 : k < 0 ? 1 : k < length ? k : k - 2)) *
            inner + i
        ]!;
      for (let k = 0; k < twice; k++) {
        const half = k >> 1;
        result[(o * twice + k) * inner + i] = k % 2 === 1
          ? (at(half) + at(half + 1)) / 2
          : (at(half - 1) + 6 * at(half) + at(half + 1)) / 8;
      }
    }
  }
  return result;
}
