import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import { asImages, asVolumes } from "./_sections.ts";
import { checkWindow } from "./max_pool3d.ts";

/**
 * The mean of each window; windows do not overlap.
 *
 * @param x `[N, D, H, W, C]`
 * @returns `[N, D / wd, H / wh, W / ww, C]`
 * @throws {RangeError} If a window does not divide the extent.
 */
export function avgPool3d(x: tf.Tensor5D, windowVox: Zyx): tf.Tensor5D {
  checkWindow(x, windowVox);
  const [deep, high, wide] = windowVox;
  return tf.tidy(() => {
    const flat = high === 1 && wide === 1 ? x : asVolumes(
      tf.avgPool(asImages(x), [high, wide], [high, wide], "valid"),
      x.shape[0],
    );
    if (deep === 1) return flat.clone();
    const [n, d, h, w, c] = flat.shape;
    const groups = tf.reshape(flat, [n * d / deep, deep, h * w * c]);
    return tf.reshape(tf.mean(groups, 1), [n, d / deep, h, w, c]);
  });
}
