import * as z from "zod";
import { type Box, checkInside, sizeOf, type Zyx } from "@/core/mod.ts";
import { boxIn } from "./_boxes.ts";
import { fieldOf, type RandomField, uniformField } from "./_random_field.ts";

/** Boxes, and random numbers for their voxels. */
export interface NoisyBoxes {
  /** The boxes, which may overlap. */
  readonly boxes: readonly Box[];
  /** Numbers from -1 to 1 for the voxels of the boxes, one box after another. */
  readonly field: RandomField;
}

/** Matches {@linkcode NoisyBoxes} inside a patch. */
export function noisyBoxesIn(shapeVox: Zyx) {
  return z.strictObject({
    boxes: z.array(boxIn(shapeVox, {})).readonly(),
    field: fieldOf(),
  });
}

/** The numbers of the field, as many as the boxes have voxels. */
export function noiseOf({ boxes, field }: NoisyBoxes): Float32Array {
  return uniformField(
    field,
    boxes.reduce((sum, box) => sum + sizeOf(box.shapeVox), 0),
  );
}

/** A row of a box in a `[D, H, W]` array. */
export interface BoxRow {
  /** Its first voxel. */
  readonly first: number;
  /** One past its last. */
  readonly end: number;
}

/**
 * The rows of boxes in a `[D, H, W]` array, one box after another.
 *
 * @throws {RangeError} If a box is not inside the array.
 */
export function rowsOf(
  boxes: readonly Box[],
  shapeVox: Zyx,
): Iterable<BoxRow> {
  for (const box of boxes) checkInside(box, shapeVox);
  return boxes.values().flatMap((box) => rowsOfBox(box, shapeVox));
}

function* rowsOfBox(
  { startVox: [z0, y0, x0], shapeVox: [depth, rows, columns] }: Box,
  [, height, width]: Zyx,
): Generator<BoxRow> {
  for (let z = z0; z < z0 + depth; z++) {
    for (let y = y0; y < y0 + rows; y++) {
      const first = (z * height + y) * width + x0;
      yield { first, end: first + columns };
    }
  }
}
