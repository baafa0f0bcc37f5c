import * as tf from "@tensorflow/tfjs-core";
import { mapZyx, type Zyx } from "@/core/mod.ts";

/**
 * The zeros around an image with which a kernel has its middle on voxels
 * 0, s, 2 s, …: half a kernel; null without strides, where it has it anyway.
 *
 * @param kernel `[kd, kh, kw, ...]`
 * @throws {RangeError} If an extent of the kernel is even.
 */
export function marginOf(kernel: tf.Tensor5D, strides: Zyx): Zyx | null {
  if (strides.every((stride) => stride === 1)) return null;
  return mapZyx((axis) => {
    const extent = kernel.shape[axis];
    if (extent % 2 === 1) return (extent - 1) / 2;
    throw new RangeError(
      `Cannot centre a kernel of ${extent} voxels along ${"zyx"[axis]}:` +
        ` it has no middle`,
    );
  });
}

/** An image `[N, D, H, W, C]` with zeros around it. */
export function withMargin(x: tf.Tensor5D, [d, h, w]: Zyx): tf.Tensor5D {
  return tf.pad(x, [[0, 0], [d, d], [h, h], [w, w], [0, 0]]);
}
