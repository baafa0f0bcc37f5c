import { type Filter, filtered } from "../simd/filter.ts";
import { inScratch } from "../simd/arena.ts";
import type { Zyx } from "../volume.ts";
import { reflected } from "./_lines.ts";

/**
 * Blurs a `[D, H, W]` array by a Gaussian along each axis whose sigma is above 0
 * (`scipy.ndimage.gaussian_filter`: border `reflect`, cut at 4 sigma). The result
 * is new; sums are taken in float32.
 */
export function gaussianFilter(
  array: Float32Array,
  shapeVox: Zyx,
  sigmaVox: Zyx,
): Float32Array {
  const result = array.slice(); // [D, H, W]
  for (const axis of [0, 1, 2] as const) {
    if (sigmaVox[axis] > 0) blurAlong(result, shapeVox, axis, sigmaVox[axis]);
  }
  return result;
}

/** Blurs along one axis, in place: section by section, along z plane by plane. */
function blurAlong(
  array: Float32Array,
  [depth, height, width]: Zyx,
  axis: 0 | 1 | 2,
  sigma: number,
): void {
  const area = height * width;
  if (axis > 0) {
    const filter = gaussianOf(sigma, axis === 1 ? height : width);
    const extent = axis === 1
      ? [1, height, width] as const
      : [height, width, 1] as const;
    for (let at = 0; at < array.length; at += area) {
      const section = array.subarray(at, at + area);
      inScratch(() => section.set(filtered(section, extent, filter)));
    }
    return;
  }
  const filter = gaussianOf(sigma, depth);
  const plane = new Float32Array(depth * width); // [D, W]
  for (let y = 0; y < height; y++) {
    const rowOf = (from: Float32Array, z: number, pitch: number, at: number) =>
      from.subarray(z * pitch + at, z * pitch + at + width);
    for (let z = 0; z < depth; z++) {
      rowOf(plane, z, width, 0).set(rowOf(array, z, area, y * width));
    }
    inScratch(() => {
      const blurred = filtered(plane, [1, depth, width], filter);
      for (let z = 0; z < depth; z++) {
        rowOf(array, z, area, y * width).set(rowOf(blurred, z, width, 0));
      }
    });
  }
}

/**
 * A Gaussian of sum 1, cut at 4 sigma, along lines of `length` voxels. Reflected
 * lines repeat themselves after twice their length: of weights as many are left.
 */
function gaussianOf(sigma: number, length: number): Filter {
  const reach = Math.floor(4 * sigma + 0.5), radius = Math.min(reach, length);
  const weights = new Float64Array(radius + 1);
  let sum = 0;
  for (let k = -reach; k <= reach; k++) {
    const weight = Math.exp(-0.5 * (k / sigma) ** 2);
    const within = Math.abs(k) % (2 * length);
    const at = Math.min(within, 2 * length - within);
    // Each counts for both sides; those at a whole length are the same voxel.
    weights[at]! += at === 0 ? weight : weight / 2;
    sum += weight;
  }
  return {
    weights: Float32Array.from(weights, (weight) => weight / sum),
    line: Int32Array.from(
      { length: length + 2 * radius },
      (_, i) => reflected(i - radius, length),
    ),
  };
}
