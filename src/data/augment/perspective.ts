import { interval, type Rng, type Zyx } from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import type { Places } from "./_places.ts";
import { sectionOptions } from "./_sections.ts";
import { type PlaneParameters, warpingPlanes, warpOptions } from "./_warp.ts";

/** A quadrangle of a section that is drawn out to its whole extent. */
export interface Quadrangle {
  /**
   * How far its corners lie inside those of the section, as shares of height and
   * width: top left, top right, bottom left, bottom right.
   */
  readonly insets: readonly [Inset, Inset, Inset, Inset];
}

/** Shares of height and width. */
export type Inset = readonly [y: number, x: number];

/** What {@linkcode perspective} does to one sample. */
export type PerspectiveParameters = PlaneParameters<Quadrangle>;

/** Up to here every quadrangle is convex. */
const largestInset = 0.3;

const share = z.number().max(largestInset);
const inset = z.tuple([share, share]).readonly();

/**
 * Draws a random quadrangle out to the whole section, as seen at an angle
 * (AUG-14, imgaug's PerspectiveTransform): each corner lies inside by the size of
 * two normal numbers, of a spread drawn from `scale`. No context is read.
 */
export const perspective = defineAugmentation({
  name: "perspective",
  summary: "Shows sections as seen at an angle",
  options: {
    scale: interval(
      [0.05, 0.1],
      "range of the spread of the corners, as a share of the extent; none " +
        `moves by more than ${largestInset}`,
    ),
    ...sectionOptions("3d"),
    ...warpOptions,
  },
  create: (options) =>
    warpingPlanes<Quadrangle>(options, {
      draw(_shapeVox, rng: Rng) {
        const spread = rng.uniform(...options.scale);
        const share = () =>
          Math.min(Math.abs(rng.normal() * spread), largestInset);
        const inset = (): Inset => [share(), share()];
        return { insets: [inset(), inset(), inset(), inset()] };
      },
      plane: z.strictObject({
        insets: z.tuple([inset, inset, inset, inset]).readonly(),
      }),
      move: drawOut,
    }),
});

/** Moves the voxels of a section (Heckbert 1989, section 2.2.3). */
function drawOut(
  { insets: [a, b, c, d] }: Quadrangle,
  { y, x }: Places,
  [, height, width]: Zyx,
): void {
  const lastY = Math.max(1, height - 1), lastX = Math.max(1, width - 1);
  // Corners in voxels: a top left, b top right, c bottom left, d bottom right.
  const [ay, ax] = [a[0] * lastY, a[1] * lastX];
  const [by, bx] = [b[0] * lastY, (1 - b[1]) * lastX];
  const [cy, cx] = [(1 - c[0]) * lastY, c[1] * lastX];
  const [dy, dx] = [(1 - d[0]) * lastY, (1 - d[1]) * lastX];
  // How depth grows to the right and down.
  const [sumY, sumX] = [ay - by + dy - cy, ax - bx + dx - cx];
  const area = (bx - dx) * (cy - dy) - (cx - dx) * (by - dy);
  const right = (sumX * (cy - dy) - (cx - dx) * sumY) / area;
  const down = ((bx - dx) * sumY - sumX * (by - dy)) / area;
  const yRight = (by - ay + right * by) / lastX;
  const yDown = (cy - ay + down * cy) / lastY;
  const xRight = (bx - ax + right * bx) / lastX;
  const xDown = (cx - ax + down * cx) / lastY;
  for (let line = 0, at = 0; line < height; line++) {
    for (let column = 0; column < width; column++, at++) {
      const depth = 1 + right / lastX * column + down / lastY * line;
      y[at] = (ay + yRight * column + yDown * line) / depth;
      x[at] = (ax + xRight * column + xDown * line) / depth;
    }
  }
}
