import { count, interval, type Rng, type Zyx } from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import type { Places } from "./_places.ts";
import { sectionOptions } from "./_sections.ts";
import { type PlaneParameters, warpingPlanes, warpOptions } from "./_warp.ts";

/** A grid of points from the first voxel of a section to the last, moved. */
export interface MovedGrid {
  /** Points along y and x. */
  readonly points: readonly [rows: number, columns: number];
  /** By how much each point moves along y and x, in voxels, row by row. */
  readonly offsetsVox: readonly [y: readonly number[], x: readonly number[]];
}

const offsets = z.array(z.number()).readonly();

const movedGrid = z.strictObject({
  points: z.tuple([z.int().min(1), z.int().min(1)]).readonly(),
  offsetsVox: z.tuple([offsets, offsets]).readonly(),
}).refine(
  ({ points: [rows, columns], offsetsVox }) =>
    offsetsVox.every(({ length }) => length === rows * columns),
  "it should have an offset for each point",
);

/** What {@linkcode piecewiseAffine} does to one sample. */
export type PiecewiseAffineParameters = PlaneParameters<MovedGrid>;

/**
 * Moves the points of a grid; between them each cell is two triangles, from its
 * first corner to its last (AUG-14, imgaug's PiecewiseAffine). Offsets are normal
 * numbers of a spread drawn from `scale`.
 */
export const piecewiseAffine = defineAugmentation({
  name: "piecewiseAffine",
  summary: "Moves the points of a grid, and straight lines between them",
  options: {
    scale: interval(
      [0.03, 0.05],
      "range of the spread of the points, as a share of the extent",
    ),
    rows: count(4, "points along y"),
    columns: count(4, "points along x"),
    ...sectionOptions("3d"),
    ...warpOptions,
  },
  create: (options) =>
    warpingPlanes<MovedGrid>(options, {
      draw([, height, width]: Zyx, rng: Rng) {
        const { rows, columns } = options;
        const spread = rng.uniform(...options.scale);
        const offsets = (extent: number) =>
          Array.from(
            { length: rows * columns },
            () => rng.normal() * spread * extent,
          );
        return {
          points: [rows, columns],
          offsetsVox: [offsets(height), offsets(width)],
        };
      },
      plane: movedGrid,
      move: moveTriangles,
    }),
});

/** Moves the voxels of a section. */
function moveTriangles(
  { points: [rows, columns], offsetsVox: [offsetsY, offsetsX] }: MovedGrid,
  { y, x }: Places,
  [, height, width]: Zyx,
): void {
  const across = cellsAlong(width, columns), down = cellsAlong(height, rows);
  for (let line = 0, at = 0; line < height; line++) {
    const top = down.cell[line]! * columns, v = down.rest[line]!;
    const bottom = rows === 1 ? top : top + columns;
    for (let column = 0; column < width; column++, at++) {
      const left = across.cell[column]!, u = across.rest[column]!;
      const right = columns === 1 ? left : left + 1;
      // Shares of the first corner, the last, and the one between that is near.
      const first = top + left, last = bottom + right;
      const between = u > v ? top + right : bottom + left;
      const a = 1 - Math.max(u, v), b = Math.min(u, v), c = 1 - a - b;
      y[at]! += a * offsetsY[first]! + b * offsetsY[last]! +
        c * offsetsY[between]!;
      x[at]! += a * offsetsX[first]! + b * offsetsX[last]! +
        c * offsetsX[between]!;
    }
  }
}

/** For each voxel of a line the cell between `points` it is in, and where. */
function cellsAlong(length: number, points: number) {
  const cell = new Int32Array(length), rest = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const place = length === 1 ? 0 : i * (points - 1) / (length - 1);
    cell[i] = Math.min(Math.floor(place), Math.max(0, points - 2));
    rest[i] = place - cell[i]!;
  }
  return { cell, rest };
}
