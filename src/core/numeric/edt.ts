import type { Zyx } from "../volume.ts";

/**
 * For each non-zero voxel the Euclidean distance in nanometres to the nearest
 * zero voxel, for each zero voxel 0 (`scipy.ndimage.distance_transform_edt` with
 * `sampling`). Exact: lower envelopes of parabolas along one axis after the
 * other (Felzenszwalb and Huttenlocher 2012), in float64. The result is new,
 * `[D, H, W]`.
 *
 * Where there is no zero voxel at all every distance is `Infinity`; scipy
 * measures to a voxel that is not there, just before the first.
 *
 * @example The middle of a line is two voxels of 4 nm from both ends
 * ```ts
 * import { distanceTransform } from "@/core/mod.ts";
 *
 * const line = Uint8Array.of(0, 1, 1, 1, 0);
 * const nm = distanceTransform(line, [1, 1, 5], [40, 4, 4]);
 * if (nm.join() !== "0,4,8,4,0") throw new Error(nm.join());
 * ```
 */
export function distanceTransform(
  mask: Uint8Array,
  shapeVox: Zyx,
  voxelNm: Zyx,
): Float64Array {
  const [depth, height, width] = shapeVox;
  const squared = squaredAlongX(mask, width, voxelNm[2]); // [D, H, W]
  const envelope = new Envelope(Math.max(depth, height));
  for (let z = 0; z < depth; z++) {
    for (let x = 0; x < width; x++) {
      envelope.apply(
        squared,
        z * height * width + x,
        width,
        height,
        voxelNm[1],
      );
    }
  }
  for (let column = 0; column < height * width; column++) {
    envelope.apply(squared, column, height * width, depth, voxelNm[0]);
  }
  for (let i = 0; i < squared.length; i++) squared[i] = Math.sqrt(squared[i]!);
  return squared;
}

/** The squared distance within each row: nearest zero to the left, then right. */
function squaredAlongX(
  mask: Uint8Array,
  width: number,
  stepNm: number,
): Float64Array {
  const squared = new Float64Array(mask.length);
  for (let row = 0; row < mask.length; row += width) {
    for (let i = row, steps = Infinity; i < row + width; i++) {
      steps = mask[i] === 0 ? 0 : steps + 1;
      squared[i] = steps;
    }
    for (let i = row + width - 1, steps = Infinity; i >= row; i--) {
      steps = mask[i] === 0 ? 0 : steps + 1;
      squared[i] = (Math.min(squared[i]!, steps) * stepNm) ** 2;
    }
  }
  return squared;
}

/** Lower envelopes of the parabolas `f(p) + (x - p)²` over the places p of a line. */
class Envelope {
  readonly #places: Float64Array; // of the parabolas on the envelope
  readonly #heights: Float64Array; // f there
  readonly #starts: Float64Array; // where each becomes the lowest

  constructor(length: number) {
    this.#places = new Float64Array(length);
    this.#heights = new Float64Array(length);
    this.#starts = new Float64Array(length);
  }

  /** Replaces the values of one line by the heights of their envelope. */
  apply(
    values: Float64Array,
    first: number,
    stride: number,
    length: number,
    stepNm: number,
  ): void {
    const places = this.#places, heights = this.#heights, starts = this.#starts;
    let last = -1;
    for (let n = 0, i = first; n < length; n++, i += stride) {
      const height = values[i]!;
      if (height === Infinity) continue;
      const place = n * stepNm;
      let start = -Infinity;
      while (last >= 0) {
        const apart = place - places[last]!;
        start = (place + places[last]! + (height - heights[last]!) / apart) / 2;
        if (start > starts[last]!) break;
        start = -Infinity;
        last--;
      }
      last++;
      places[last] = place;
      heights[last] = height;
      starts[last] = start;
    }
    if (last < 0) return; // nothing but Infinity
    for (let n = 0, i = first, at = 0; n < length; n++, i += stride) {
      const place = n * stepNm;
      while (at < last && starts[at + 1]! <= place) at++;
      values[i] = (place - places[at]!) ** 2 + heights[at]!;
    }
  }
}
