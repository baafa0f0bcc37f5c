import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import { resizeBilinear } from "./_resize_bilinear.ts";
import { resizeNearest } from "./_resize_nearest.ts";
import { enlargeRows } from "./_rows.ts";
import { asImages, asVolumes } from "./_sections.ts";

/**
 * Enlarges an image by whole factors. `trilinear` interpolates between voxel
 * centres and repeats the outermost voxels (PyTorch's `align_corners=False`);
 * `nearest` repeats each voxel.
 *
 * @param x `[N, D, H, W, C]`
 * @returns `[N, D * fd, H * fh, W * fw, C]`
 */
export function upsample3d(
  x: tf.Tensor5D,
  factors: Zyx,
  mode: "trilinear" | "nearest",
): tf.Tensor5D {
  const [, , h, w] = x.shape;
  const [fd, fh, fw] = factors;
  return tf.tidy(() => {
    let y = x;
    if (fh !== 1 || fw !== 1) {
      const to: [number, number] = [h * fh, w * fw];
      const images = mode === "nearest"
        ? resizeNearest(asImages(x), to)
        : resizeBilinear(asImages(x), to);
      y = asVolumes(images, x.shape[0]); // [N, D, H * fh, W * fw, C]
    }
    if (fd === 1) return y === x ? tf.clone(x) : y;
    return mode === "nearest" ? repeatSections(y, fd) : blendSections(y, fd);
  });
}

/** Each section `factor` times. */
function repeatSections(x: tf.Tensor5D, factor: number): tf.Tensor5D {
  const [n, d, h, w, c] = x.shape;
  const rows = tf.reshape(x, [n * d, 1, h * w * c]);
  const repeated = tf.concat(new Array(factor).fill(rows), 1);
  return tf.reshape(repeated, [n, d * factor, h, w, c]);
}

/** `factor` sections for each one, blended with its nearer neighbour. */
function blendSections(x: tf.Tensor5D, factor: number): tf.Tensor5D {
  const [n, d, h, w, c] = x.shape;
  const rows = tf.reshape<tf.Rank.R3>(x, [n, d, h * w * c]);
  return tf.reshape(enlargeRows(rows, factor), [n, d * factor, h, w, c]);
}
