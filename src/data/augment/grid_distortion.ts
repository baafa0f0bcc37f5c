import { count, type Rng, type Zyx } from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import type { Places } from "./_places.ts";
import { sectionOptions } from "./_sections.ts";
import { type PlaneParameters, warpingPlanes, warpOptions } from "./_warp.ts";

/** How the steps of a grid are widened and narrowed. */
export interface DistortedGrid {
  /** Shares of the extent that the steps along y and x show, each 1 in sum. */
  readonly shares: readonly [y: readonly number[], x: readonly number[]];
}

/** What {@linkcode gridDistortion} does to one sample. */
export type GridDistortionParameters = PlaneParameters<DistortedGrid>;

const shares = z.array(z.number()).min(1).readonly();

/**
 * Widens and narrows the rows and columns of a grid (AUG-14, albumentations'
 * GridDistortion): equal steps show shares of the section that differ by up to
 * `distortLimit`. The border stays where it is, so no context is read.
 */
export const gridDistortion = defineAugmentation({
  name: "gridDistortion",
  summary: "Widens and narrows the rows and columns of a grid",
  options: {
    numSteps: count(5, "steps along y, and along x"),
    distortLimit: z.number().min(0).max(0.99).default(0.3)
      .describe("largest change of a step as a share of it"),
    ...sectionOptions("3d"),
    ...warpOptions,
  },
  create: (options) =>
    warpingPlanes<DistortedGrid>(options, {
      draw(_shapeVox: Zyx, rng: Rng) {
        const { numSteps, distortLimit } = options;
        const shares = () => {
          const steps = Array.from(
            { length: numSteps },
            () => 1 + rng.uniform(-distortLimit, distortLimit),
          );
          const sum = steps.reduce((a, b) => a + b);
          return steps.map((step) => step / sum);
        };
        return { shares: [shares(), shares()] };
      },
      plane: z.strictObject({ shares: z.tuple([shares, shares]).readonly() }),
      move({ shares }, { y, x }: Places, [, height, width]) {
        const alongY = distortedLine(height, shares[0]);
        const alongX = distortedLine(width, shares[1]);
        for (let line = 0, at = 0; line < height; line++) {
          for (let column = 0; column < width; column++, at++) {
            y[at] = alongY[line]!;
            x[at] = alongX[column]!;
          }
        }
      },
    }),
});

/** Where the voxels of a line are read. */
function distortedLine(
  length: number,
  shares: readonly number[],
): Float64Array {
  const steps = shares.length, last = length - 1;
  const wider = shares.map((share) => share - 1 / steps);
  const before = [0]; // summed up
  for (const share of wider) before.push(before.at(-1)! + share);
  return Float64Array.from({ length }, (_, i) => {
    const place = last === 0 ? 0 : i * steps / last;
    const step = Math.min(Math.floor(place), steps - 1);
    const moved = before[step]! + (place - step) * wider[step]!;
    return Math.min(i + last * moved, last);
  });
}
