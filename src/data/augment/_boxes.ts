import {
  type Box,
  mapZyx,
  type Rng,
  whole,
  type Zyx,
  zyxCount,
} from "@/core/mod.ts";
import * as z from "zod";

/** How many boxes there are, and how large. */
export interface BoxOptions {
  /** The number of boxes. */
  readonly boxes: number;
  /** Least extent in voxels. */
  readonly minVox: Zyx;
  /** Largest extent in voxels. */
  readonly maxVox: Zyx;
}

/** The options of {@linkcode BoxOptions} with their defaults. */
export const boxOptions = {
  boxes: whole(1, "number of boxes"),
  minVox: zyxCount([1, 16, 16], "least extent of a box in voxels"),
  maxVox: zyxCount([4, 48, 48], "largest extent of a box in voxels"),
};

/** Why no box can be drawn, as a sentence; else nothing. */
export function boxFault({ minVox, maxVox }: BoxOptions): string | undefined {
  const axis = ([0, 1, 2] as const).find((a) => minVox[a] > maxVox[a]);
  if (axis === undefined) return;
  return `minVox[${axis}] of ${minVox[axis]} is above maxVox[${axis}] of ` +
    `${maxVox[axis]}`;
}

/** Draws boxes inside a patch; those larger than it are cut to its extent. */
export function drawBoxes(
  shapeVox: Zyx,
  { boxes, minVox, maxVox }: BoxOptions,
  rng: Rng,
): Box[] {
  return Array.from({ length: boxes }, () => {
    const extent = mapZyx((axis) =>
      Math.min(
        shapeVox[axis],
        minVox[axis] + rng.integer(maxVox[axis] - minVox[axis] + 1),
      )
    );
    return {
      startVox: mapZyx((axis) =>
        rng.integer(shapeVox[axis] - extent[axis] + 1)
      ),
      shapeVox: extent,
    };
  });
}

/** Matches a box inside a patch, with more about it. */
export function boxIn<Shape extends z.ZodRawShape>(
  shapeVox: Zyx,
  more: Shape,
) {
  return z.strictObject({
    startVox: extent(0),
    shapeVox: extent(1),
    ...more,
  }).refine(
    (box) => isInside(box as Box, shapeVox),
    `it should lie inside the patch of ${shapeVox.join(" x ")} voxels`,
  );
}

function isInside(box: Box, shapeVox: Zyx): boolean {
  return shapeVox.every((n, axis) =>
    box.startVox[axis]! + box.shapeVox[axis]! <= n
  );
}

/** Three whole numbers of at least `least`. */
function extent(least: number): z.ZodType<Zyx> {
  const n = z.int().min(least);
  return z.tuple([n, n, n]).readonly();
}
