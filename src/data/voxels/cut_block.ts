import { sizeOf, type Zyx } from "@/core/mod.ts";
import type { Layer } from "./folder_writer.ts";
import type { Numbers } from "./numbers.ts";

/**
 * The numbers of a block of a layer that begins at a row and a column, 0 where
 * it reaches out of it.
 */
export function cutBlock(
  { numbers, shapeVox: [sections, height, width] }: Layer,
  { y, x, shapeVox }: {
    readonly y: number;
    readonly x: number;
    readonly shapeVox: Zyx;
  },
): Numbers {
  const block = new (numbers.constructor as Uint8ArrayConstructor)(
    sizeOf(shapeVox),
  ) as Numbers;
  const depth = Math.min(shapeVox[0], sections);
  const rows = Math.min(shapeVox[1], height - y);
  const columns = Math.min(shapeVox[2], width - x);
  for (let k = 0; k < depth; k++) {
    for (let j = 0; j < rows; j++) {
      const from = (k * height + y + j) * width + x;
      block.set(
        numbers.subarray(from, from + columns) as never,
        (k * shapeVox[1] + j) * shapeVox[2],
      );
    }
  }
  return block;
}

/** The bytes of numbers, lowest first, as all machines have them that run this. */
export function bytesOfNumbers(numbers: Numbers): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = numbers;
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}
