import * as z from "zod";
import type { AffineMap } from "@/core/mod.ts";

const row = z.tuple([z.number(), z.number(), z.number()]).readonly();

/** Matches an {@linkcode AffineMap}. */
export const affineMap: z.ZodType<AffineMap> = z.strictObject({
  y: row,
  x: row,
});

/** A place in the plane, in voxels. */
export type Point = readonly [y: number, x: number];

/** The map that takes three points, which must not lie in line, to three others. */
export function mapBetween(
  [a, b, c]: readonly [Point, Point, Point],
  [p, q, r]: readonly [Point, Point, Point],
): AffineMap {
  const area = twiceArea([a, b, c]);
  const row = (axis: 0 | 1) => {
    const first = q[axis] - p[axis], second = r[axis] - p[axis];
    const alongY = (first * (c[1] - a[1]) - second * (b[1] - a[1])) / area;
    const alongX = (second * (b[0] - a[0]) - first * (c[0] - a[0])) / area;
    return [alongY, alongX, p[axis] - alongY * a[0] - alongX * a[1]] as const;
  };
  return { y: row(0), x: row(1) };
}

/** Twice the area of a triangle, negative if it runs the other way. */
export function twiceArea(
  [a, b, c]: readonly [Point, Point, Point],
): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
}
