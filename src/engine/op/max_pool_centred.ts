import * as tf from "@tensorflow/tfjs-core";
import { asImages, asVolumes } from "./_sections.ts";

/**
 * The largest value around every `stride`th voxel of a section, within windows
 * that may overlap: 3 and 2 are ResNet's pooling (PyTorch's with half a window
 * of padding). What lies beyond the image never is the largest.
 *
 * @param x `[N, D, H, W, C]`
 * @param extentVox Extent of the window along y and x, odd.
 * @returns `[N, D, H / stride, W / stride, C]`, rounded up.
 */
export function maxPoolCentred(
  x: tf.Tensor5D,
  extentVox: number,
  stride: number,
): tf.Tensor5D {
  const margin = (extentVox - 1) / 2;
  const sides: [number, number] = [margin, margin];
  return tf.tidy(() => {
    const padded = tf.pad(
      asImages(x),
      [[0, 0], sides, sides, [0, 0]],
      -Infinity,
    );
    return asVolumes(
      tf.maxPool<tf.Tensor4D>(padded, extentVox, stride, "valid"),
      x.shape[0],
    );
  });
}
