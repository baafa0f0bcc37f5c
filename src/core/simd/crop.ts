import { type Box, checkInside, sizeOf, type Zyx } from "../volume.ts";
import { filled, rawArray } from "./arena.ts";
import * as kernels from "./kernels.wasm";

/**
 * Copies a box out of a `[D, H, W]` array as `cropArray` does, only faster: in
 * words of 8 bytes, since to copy each row by itself costs more than the voxels
 * in it.
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
  return filled<Uint8Array | Float32Array>(
    type,
    sizeOf(box.shapeVox),
    undefined,
    (address) => cropTo(address, array, shapeVox, box),
  ) as T;
}

/** Copies the rows as words that hold them, and packs them to `address`. */
function cropTo(
  address: number,
  array: Uint8Array | Float32Array,
  [, height, width]: Zyx,
  { startVox: [z0, y0, x0], shapeVox: [depth, rows, columns] }: Box,
): void {
  const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: unit } = array;
  const skew = byteOffset % 8; // bytes from a word to the first voxel
  const whole = Math.floor((skew + byteLength) / 8);
  const words = new BigInt64Array(buffer, byteOffset - skew, whole);
  const last = new Uint8Array(buffer, byteOffset - skew + 8 * whole)
    .subarray(0, (skew + byteLength) % 8); // bytes that are no whole word
  const pitch = Math.ceil((columns * unit + 7) / 8); // holds a row at any place
  const staged = rawArray(BigInt64Array, depth * rows * pitch);
  const bytes = new Uint8Array(staged.buffer, staged.byteOffset);
  let at = 0;
  for (let z = z0; z < z0 + depth; z++) {
    for (let y = y0; y < y0 + rows; y++) {
      const first = Math.floor(
        (skew + ((z * height + y) * width + x0) * unit) / 8,
      );
      const end = first + pitch;
      if (end > whole) bytes.set(last, 8 * (at + whole - first));
      const stop = end < whole ? end : whole;
      let to = at;
      for (let i = first; i < stop; i++) staged[to++] = words[i]!;
      at += pitch;
    }
  }
  kernels.pack(
    staged.byteOffset,
    address,
    columns * unit,
    rows,
    depth,
    8 * pitch,
    (skew + ((z0 * height + y0) * width + x0) * unit) % 8,
    width * unit % 8,
    height * width * unit % 8,
  );
}
