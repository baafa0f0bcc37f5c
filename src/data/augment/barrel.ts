import { fraction, type Rng, type Zyx } from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import type { Places } from "./_places.ts";
import { sectionOptions } from "./_sections.ts";
import { type PlaneParameters, warpingPlanes, warpOptions } from "./_warp.ts";

/** The distortion of a lens. */
export interface Lens {
  /** Above 0 sections look like a barrel, below like a pincushion. */
  readonly k: number;
}

/** What {@linkcode barrel} does to one sample. */
export type BarrelParameters = PlaneParameters<Lens>;

/**
 * Distorts sections as a lens does (AUG-14, albumentations' OpticalDistortion):
 * a voxel at distance r from the middle, in widths, is read at
 * `r * (1 + k * r^2 + k * r^4)`.
 */
export const barrel = defineAugmentation({
  name: "barrel",
  summary: "Distorts sections to a barrel or a pincushion, as a lens does",
  options: {
    distortLimit: fraction(0.05, "largest distortion k to either side"),
    ...sectionOptions("3d"),
    ...warpOptions,
  },
  create: (options) =>
    warpingPlanes<Lens>(options, {
      draw: (_shapeVox: Zyx, rng: Rng) => ({
        k: rng.uniform(-options.distortLimit, options.distortLimit),
      }),
      plane: z.strictObject({ k: z.number() }),
      move({ k }, { y, x }: Places, [, height, width]) {
        const middleY = (height - 1) / 2, middleX = (width - 1) / 2;
        for (let line = 0, at = 0; line < height; line++) {
          const v = (line - middleY) / width;
          for (let column = 0; column < width; column++, at++) {
            const u = (column - middleX) / width;
            const square = u * u + v * v;
            const farther = k * square * (1 + square);
            y[at]! += farther * (line - middleY);
            x[at]! += farther * (column - middleX);
          }
        }
      },
    }),
});
