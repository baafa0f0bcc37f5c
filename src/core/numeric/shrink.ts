import { bytesFrom } from "./values.ts";

/** A section in fewer pixels, each of a block of voxels; a rest at the end is cut. */
export interface PixelGrid {
  /** Pixels along y. */
  readonly height: number;
  /** Pixels along x. */
  readonly width: number;
  /** Voxels of a pixel along y and x. */
  readonly blockVox: readonly [y: number, x: number];
  /** Voxels of the section along x. */
  readonly pitchVox: number;
}

/** The grid in which a section of some extent has at most `mostPixels` a side. */
export function pixelGrid(
  [height, width]: readonly [height: number, width: number],
  mostPixels: number,
): PixelGrid {
  const step = Math.ceil(Math.max(height, width) / mostPixels);
  const blockVox = [Math.min(step, height), Math.min(step, width)] as const;
  return {
    height: Math.floor(height / blockVox[0]),
    width: Math.floor(width / blockVox[1]),
    blockVox,
    pitchVox: width,
  };
}

/** The mean, or the largest, of the voxels of each pixel, `[height, width]`. */
export function shrunken(
  section: Float32Array | Uint8Array,
  { height, width, blockVox: [rows, columns], pitchVox, keep }: PixelGrid & {
    readonly keep: "mean" | "largest";
  },
): Float64Array {
  const pixels = new Float64Array(height * width);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      let sum = 0, most = -Infinity;
      for (let dy = 0; dy < rows; dy++) {
        let i = (y * rows + dy) * pitchVox + x * columns;
        for (const end = i + columns; i < end; i++) {
          const value = section[i]!;
          sum += value;
          if (value > most) most = value;
        }
      }
      pixels[at] = keep === "mean" ? sum / (rows * columns) : most;
    }
  }
  return pixels;
}

/** Values from 0 to 1 as bytes, others as the nearest of these. */
export function greyBytes(values: Float64Array): Uint8Array {
  return bytesFrom(
    values,
    (value) => Math.round(255 * Math.min(1, Math.max(0, value))),
  );
}
