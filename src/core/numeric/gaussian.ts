import type { Zyx } from "../volume.ts";
import { forEachLine, reflected } from "./_lines.ts";

/**
 * Blurs a `[D, H, W]` array by a Gaussian along each axis whose sigma is above 0
 * (`scipy.ndimage.gaussian_filter`: border `reflect`, cut at 4 sigma). The result
 * is new and of the same type; sums are taken in float64.
 */
export function gaussianFilter<T extends Float32Array | Float64Array>(
  array: T,
  shapeVox: Zyx,
  sigmaVox: Zyx,
): T {
  const result = array.slice() as T; // [D, H, W]
  for (const axis of [0, 1, 2] as const) {
    if (sigmaVox[axis] > 0) blurAlong(result, shapeVox, axis, sigmaVox[axis]);
  }
  return result;
}

/** Blurs along one axis, in place. */
function blurAlong(
  array: Float32Array | Float64Array,
  shapeVox: Zyx,
  axis: 0 | 1 | 2,
  sigma: number,
): void {
  const weights = gaussianWeights(sigma);
  const radius = (weights.length - 1) / 2;
  const padded = new Float64Array(shapeVox[axis] + 2 * radius);
  forEachLine(shapeVox, axis, (first, step, length) => {
    for (let i = 0; i < length; i++) {
      padded[radius + i] = array[first + i * step]!;
    }
    for (let i = 1; i <= radius; i++) {
      padded[radius - i] = padded[radius + reflected(-i, length)]!;
      padded[radius + length - 1 + i] =
        padded[radius + reflected(length - 1 + i, length)]!;
    }
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) {
        sum += weights[k]! * padded[i + k]!;
      }
      array[first + i * step] = sum;
    }
  });
}

/** A Gaussian at whole distances up to 4 sigma, its sum 1. */
function gaussianWeights(sigma: number): Float64Array {
  const radius = Math.floor(4 * sigma + 0.5);
  const weights = Float64Array.from(
    { length: 2 * radius + 1 },
    (_, i) => Math.exp(-0.5 * ((i - radius) / sigma) ** 2),
  );
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
