import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import { asImages, asVolumes } from "./_sections.ts";

/**
 * The largest value of each window; windows do not overlap. Where several
 * voxels are largest, the first one gets the gradient.
 *
 * Pools within sections, then across them. TensorFlow's own pooling in three
 * dimensions gives the whole gradient to every voxel within 1e-5 of the
 * largest (op by op, on the processor).
 *
 * @param x `[N, D, H, W, C]`
 * @returns `[N, D / wd, H / wh, W / ww, C]`
 * @throws {RangeError} If a window does not divide the extent.
 */
export function maxPool3d(x: tf.Tensor5D, windowVox: Zyx): tf.Tensor5D {
  checkWindow(x, windowVox);
  const [deep, high, wide] = windowVox;
  return tf.tidy(() => {
    const flat = high === 1 && wide === 1 ? x : asVolumes(
      tf.maxPool(asImages(x), [high, wide], [high, wide], "valid"),
      x.shape[0],
    );
    return deep === 1 ? flat.clone() : poolAcross(flat, deep);
  });
}

/** The largest of each `deep` sections. */
function poolAcross(x: tf.Tensor5D, deep: number): tf.Tensor5D {
  const [n, d, h, w, c] = x.shape;
  const groups = tf.reshape(x, [n * d / deep, deep, h * w * c]);
  const [first, ...rest] = tf.unstack(groups, 1); // [N * D / deep, H * W * C]
  const largest = rest.reduce((a, b) => tf.maximum(a, b), first!);
  return tf.reshape(largest, [n, d / deep, h, w, c]);
}

/** Fails unless a window divides each extent. */
export function checkWindow(x: tf.Tensor5D, windowVox: Zyx): void {
  const uneven = windowVox.findIndex((extent, i) => x.shape[i + 1]! % extent);
  if (uneven === -1) return;
  throw new RangeError(
    `Cannot pool ${x.shape[uneven + 1]} voxels along ${"zyx"[uneven]} in` +
      ` windows of ${windowVox[uneven]}: the window has to divide the extent`,
  );
}
