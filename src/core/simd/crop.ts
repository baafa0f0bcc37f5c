import { type Box, checkInside, sizeOf, type Zyx } from "../volume.ts";
import {
  addressOf,
  arenaArray,
  filled,
  inArena,
  isInside,
  rawArray,
} from "./arena.ts";
import * as kernels from "./kernels.wasm";

/** Arrays that can be cropped. */
type Values = Uint8Array | Float32Array;

/**
 * Copies a box out of a `[D, H, W]` array as `cropArray` does, only faster.
 *
 * @throws {RangeError} If the box is not inside the array.
 */
export function cropped<T extends Uint8Array | Float32Array>(
  array: T,
  shapeVox: Zyx,
  box: Box,
): T {
  checkInside(box, shapeVox);
  const type = array instanceof Float32Array ? Float32Array : Uint8Array;
  return filled<Values>(
    { type, length: sizeOf(box.shapeVox) },
    (to) =>
      isInside(array) ? copyBox(array, shapeVox, box, to) : stageSections(
        array,
        shapeVox,
        box,
        (staged, first) =>
          kernels.pack(staged, to + first * array.BYTES_PER_ELEMENT),
      ),
  ) as T;
}

/** `greysOf` a box of bytes. */
export function croppedGreys(
  bytes: Uint8Array,
  shapeVox: Zyx,
  box: Box,
): Float32Array {
  checkInside(box, shapeVox);
  return filled(
    { type: Float32Array, length: sizeOf(box.shapeVox) },
    (to) =>
      stageSections(
        bytes,
        shapeVox,
        box,
        (staged, first) => kernels.packGreys(staged, to + 4 * first),
      ),
  );
}

/**
 * A box of labels, 1 for a cleft and 2 for unknown, as a target, 1 where a cleft
 * is, and a mask, 0 where it is unknown.
 */
export function croppedLabels(
  labels: Uint8Array,
  shapeVox: Zyx,
  box: Box,
): { target: Uint8Array; mask: Uint8Array } {
  checkInside(box, shapeVox);
  return inArena(() => {
    const target = rawArray(Uint8Array, sizeOf(box.shapeVox));
    const mask = rawArray(Uint8Array, sizeOf(box.shapeVox));
    stageSections(labels, shapeVox, box, (staged, first) =>
      kernels.packLabels(
        staged,
        target.byteOffset + first,
        mask.byteOffset + first,
      ));
    return { target, mask };
  });
}

/**
 * A `[D, H, W]` array of zeros with `array` in a box of it.
 *
 * @throws {RangeError} If the box is not inside, or `array` has another size.
 */
export function pasted<T extends Uint8Array | Float32Array>(
  array: T,
  box: Box,
  shapeVox: Zyx,
): T {
  const [depth, rows, columns] = box.shapeVox;
  if (array.length !== sizeOf(box.shapeVox)) {
    throw new RangeError(
      `Cannot paste ${array.length} values as [${box.shapeVox}]`,
    );
  }
  if (array.length > 0) checkInside(box, shapeVox);
  const type = array instanceof Float32Array ? Float32Array : Uint8Array;
  return inArena(() => {
    const result = arenaArray<Values>(type, sizeOf(shapeVox));
    const unit = result.BYTES_PER_ELEMENT;
    const [, height, width] = shapeVox;
    kernels.copy(
      addressOf(array),
      columns * unit,
      rows * columns * unit,
      result.byteOffset + firstOf(shapeVox, box) * unit,
      width * unit,
      height * width * unit,
      columns * unit,
      rows,
      depth,
    );
    return result as T;
  });
}

/** Copies a box of an array in the arena. */
function copyBox(array: Values, shapeVox: Zyx, box: Box, to: number): void {
  const unit = array.BYTES_PER_ELEMENT;
  const [, height, width] = shapeVox;
  const [depth, rows, columns] = box.shapeVox;
  kernels.copy(
    array.byteOffset + firstOf(shapeVox, box) * unit,
    width * unit,
    height * width * unit,
    to,
    columns * unit,
    rows * columns * unit,
    columns * unit,
    rows,
    depth,
  );
}

/**
 * Copies a box to the arena a section at a time, in words of 8 bytes: to copy each
 * row by itself costs more than the voxels in it. `use` gets the address of what
 * kernels call `Staged`, and the number of voxels in the sections before.
 */
function stageSections(
  array: Values,
  shapeVox: Zyx,
  box: Box,
  use: (staged: number, first: number) => void,
): void {
  const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: unit } = array;
  const [, height, width] = shapeVox;
  const [depth, rows, columns] = box.shapeVox;
  const skew = byteOffset % 8; // bytes from a word to the first voxel
  const whole = Math.floor((skew + byteLength) / 8);
  const words = new BigUint64Array(buffer, byteOffset - skew, whole);
  const last = new Uint8Array(buffer, byteOffset - skew + 8 * whole)
    .subarray(0, (skew + byteLength) % 8); // bytes that are no whole word
  const pitch = Math.ceil((columns * unit + 7) / 8); // holds a row at any place
  const staged = rawArray(BigUint64Array, rows * pitch);
  const bytes = new Uint8Array(staged.buffer, staged.byteOffset);
  const description = rawArray(Int32Array, 6);
  for (let z = 0; z < depth; z++) {
    const start = skew +
      (firstOf(shapeVox, box) + z * height * width) * unit;
    for (let y = 0, at = 0; y < rows; y++, at += pitch) {
      const first = Math.floor((start + y * width * unit) / 8);
      const end = first + pitch;
      if (end > whole) bytes.set(last, 8 * (at + whole - first));
      const stop = end < whole ? end : whole;
      for (let i = first, k = at; i < stop; i++) staged[k++] = words[i]!;
    }
    description.set([
      staged.byteOffset,
      columns * unit,
      rows,
      8 * pitch,
      start % 8,
      width * unit % 8,
    ]);
    use(description.byteOffset, z * rows * columns);
  }
}

/** The index of the first voxel of a box. */
function firstOf([, height, width]: Zyx, { startVox: [z, y, x] }: Box): number {
  return (z * height + y) * width + x;
}
