/** The numbers of a picture; the type of the array is that in the file. */
export type Pixels =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** A picture of one number a pixel. */
export interface Picture {
  /** Extent in pixels, `[H, W]`. */
  readonly shape: readonly [height: number, width: number];
  /** Its numbers, row by row, as the file has them. */
  readonly pixels: Pixels;
}

/** An array of pixels by what its numbers are, such as "16 bits, signed". */
export function kindOfPixels(pixels: Pixels): string {
  const [, sign = "", kind] = /^(U?)(Int|Float)/i.exec(
    pixels.constructor.name,
  )!;
  const bits = `${8 * pixels.BYTES_PER_ELEMENT} bits`;
  if (kind === "Float") return `${bits}, floats`;
  return sign === "U" ? bits : `${bits}, signed`;
}
