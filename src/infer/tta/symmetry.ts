import type { Zyx } from "@/core/mod.ts";

/**
 * One of the 16 symmetries of a stack of square sections, as the report numbers
 * them (AUG-2): flip z (8), then x (4), then y (2), then swap y and x (1).
 */
export type Symmetry = number;

/** Whether a symmetry swaps y and x, which takes square sections. */
export function isTransposing(symmetry: Symmetry): boolean {
  return (symmetry & 1) !== 0;
}

/** The symmetry that undoes another: swapping turns a y flip into an x flip. */
export function inverseOf(symmetry: Symmetry): Symmetry {
  if (!isTransposing(symmetry)) return symmetry;
  const flipX = symmetry & 4, flipY = symmetry & 2;
  return (symmetry & 9) | (flipX >> 1) | (flipY << 1);
}

/** A `[D, H, W]` array under a symmetry; the result is new. */
export function transformed(
  array: Float32Array,
  [depth, height, width]: Zyx,
  symmetry: Symmetry,
): Float32Array {
  const along = (extent: number, step: number, isFlipped: boolean) =>
    isFlipped
      ? { first: (extent - 1) * step, step: -step }
      : { first: 0, step };
  const z = along(depth, height * width, (symmetry & 8) !== 0);
  const sourceX = along(width, 1, (symmetry & 4) !== 0);
  const sourceY = along(height, width, (symmetry & 2) !== 0);
  const [y, x] = isTransposing(symmetry)
    ? [sourceX, sourceY]
    : [sourceY, sourceX];
  const result = new Float32Array(array.length); // [D, H, W]
  const first = z.first + y.first + x.first;
  let to = 0;
  for (let k = 0; k < depth; k++) {
    for (let j = 0; j < height; j++) {
      let from = first + k * z.step + j * y.step;
      for (let i = 0; i < width; i++, from += x.step) {
        result[to++] = array[from]!;
      }
    }
  }
  return result;
}

/**
 * Turns vectors, `[3, D, H, W]` with a component along z, y and x, in place, as a
 * symmetry turns space; their voxels stay where they are.
 */
export function turnVectors(vectors: Float32Array, symmetry: Symmetry): void {
  const voxels = vectors.length / 3;
  const [z, y, x] = [0, 1, 2].map((axis) =>
    vectors.subarray(axis * voxels, (axis + 1) * voxels)
  ) as [Float32Array, Float32Array, Float32Array];
  for (const [axis, bit] of [[z, 8], [y, 2], [x, 4]] as const) {
    if ((symmetry & bit) === 0) continue;
    for (let i = 0; i < voxels; i++) axis[i] = -axis[i]!;
  }
  if (!isTransposing(symmetry)) return;
  const before = y.slice();
  y.set(x);
  x.set(before);
}
