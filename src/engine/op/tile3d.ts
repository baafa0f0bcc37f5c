import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";

/**
 * Repeats an image as a whole along each axis.
 *
 * @param x `[N, D, H, W, C]`
 * @returns `[N, D * rd, H * rh, W * rw, C]`
 */
export function tile3d(x: tf.Tensor5D, repeats: Zyx): tf.Tensor5D {
  return tf.tidy(() =>
    repeats.reduce<tf.Tensor5D>(
      (tiled, count, i) =>
        count === 1 ? tiled : tf.concat(new Array(count).fill(tiled), i + 1),
      tf.clone(x),
    )
  );
}
