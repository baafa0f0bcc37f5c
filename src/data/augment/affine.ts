import {
  type AffineMap,
  after,
  fraction,
  nonNegative,
  type Rng,
  type Zyx,
} from "@/core/mod.ts";
import * as z from "zod";
import { affineMap, mapBetween, type Point, twiceArea } from "./_affine_map.ts";
import { defineAugmentation } from "./_augmentation.ts";
import type { Places } from "./_places.ts";
import { sectionOptions } from "./_sections.ts";
import { type PlaneParameters, warpingPlanes, warpOptions } from "./_warp.ts";

/** What {@linkcode affine} does to one sample. */
export type AffineParameters = PlaneParameters<AffineMap>;

/**
 * Shifts, scales, turns and shears in the plane (AUG-14), and moves three points
 * at random, which decides an affine map too (the first half of AUG-13).
 */
export const affine = defineAugmentation({
  name: "affine",
  summary: "Shifts, scales, turns and shears sections",
  options: {
    shiftLimit: fraction(0.0625, "largest shift as a share of the extent"),
    scaleLimit: z.number().min(0).max(0.9).default(0.4)
      .describe("largest change of size as a share of it"),
    rotateLimit: nonNegative(45, "largest turn in degrees"),
    shearLimit: z.number().min(0).max(80).default(0)
      .describe("largest shear in degrees"),
    alphaAffine: nonNegative(
      0,
      "largest move of three points in the plane along y and x, in voxels",
    ),
    ...sectionOptions("3d"),
    ...warpOptions,
  },
  presets: {
    report: {
      summary: "three points moved by up to 50 voxels, no context",
      options: {
        shiftLimit: 0,
        scaleLimit: 0,
        rotateLimit: 0,
        alphaAffine: 50,
        outside: "mirror",
        outsideLabelled: true,
        maxContextVox: 0,
      },
    },
  },
  create: (options) =>
    warpingPlanes<AffineMap>(options, {
      draw([, height, width], rng) {
        const upTo = (most: number) => rng.uniform(-most, most);
        const degrees = (most: number) => upTo(most) * Math.PI / 180;
        const angle = degrees(options.rotateLimit);
        const cos = Math.cos(angle), sin = Math.sin(angle);
        const shear = Math.tan(degrees(options.shearLimit));
        const size = 1 + upTo(options.scaleLimit);
        const dy = upTo(options.shiftLimit) * height;
        const dx = upTo(options.shiftLimit) * width;
        // Where a voxel is read: all that was done to it, undone.
        const maps: readonly AffineMap[] = [
          { y: [cos, sin, 0], x: [-sin, cos, 0] },
          { y: [1 / size, 0, 0], x: [0, 1 / size, 0] },
          { y: [1, 0, 0], x: [-shear, 1, 0] },
          movedPoints(height, width, options.alphaAffine, rng.at("points")),
        ];
        const shiftedBack: AffineMap = { y: [1, 0, -dy], x: [0, 1, -dx] };
        return maps.reduce((before, map) => after(map, before), shiftedBack);
      },
      plane: affineMap,
      move: moveAffinely,
    }),
});

/** The way back from three points that are moved to where they are (AUG-13). */
function movedPoints(
  height: number,
  width: number,
  mostVox: number,
  rng: Rng,
): AffineMap {
  const apart = Math.max(1, Math.floor(Math.min(height, width) / 3));
  const y = Math.floor(height / 2) - (height - 1) / 2;
  const x = Math.floor(width / 2) - (width - 1) / 2;
  const points = [
    [y + apart, x + apart],
    [y + apart, x - apart],
    [y - apart, x - apart],
  ] as const;
  if (mostVox === 0) return { y: [1, 0, 0], x: [0, 1, 0] };
  const upTo = () => rng.uniform(-mostVox, mostVox);
  const move = ([y, x]: Point): Point => [y + upTo(), x + upTo()];
  const least = Math.abs(twiceArea(points)) / 100;
  for (;;) { // until they are not nearly in line
    const moved = [
      move(points[0]),
      move(points[1]),
      move(points[2]),
    ] as const;
    if (Math.abs(twiceArea(moved)) > least) return mapBetween(moved, points);
  }
}

/** Moves the voxels of a section. */
function moveAffinely(
  { y: [yy, yx, dy], x: [xy, xx, dx] }: AffineMap,
  { y, x }: Places,
  [, height, width]: Zyx,
): void {
  const middleY = (height - 1) / 2, middleX = (width - 1) / 2;
  for (let line = 0, at = 0; line < height; line++) {
    const v = line - middleY;
    for (let column = 0; column < width; column++, at++) {
      const u = column - middleX;
      y[at] = yy * v + yx * u + dy + middleY;
      x[at] = xy * v + xx * u + dx + middleX;
    }
  }
}
