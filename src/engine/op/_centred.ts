import * as tf from "@tensorflow/tfjs-core";
import { mapZyx, type Zyx } from "@/core/mod.ts";

/**
 * A kernel that, under TensorFlow's "same" padding, has the middle of `kernel`
 * on voxels 0, s, 2 s, … of a grid. Where padding is odd, TensorFlow puts the
 * larger part at the far end; a tap of zeros there makes it even.
 *
 * @param kernel `[kd, kh, kw, ...]` with odd extents.
 * @param gridVox Extent of the finer grid.
 */
export function centred(
  kernel: tf.Tensor5D,
  gridVox: Zyx,
  strides: Zyx,
): tf.Tensor5D {
  const more = mapZyx((axis) => {
    const extent = kernel.shape[axis];
    if (extent % 2 === 0) {
      throw new RangeError(
        `Cannot centre a kernel of ${extent} voxels along ${"zyx"[axis]}:` +
          ` it has no middle`,
      );
    }
    const n = gridVox[axis], s = strides[axis];
    const lastStep = n - (Math.ceil(n / s) - 1) * s;
    return extent === 1 ? 0 : lastStep - 1;
  });
  if (more.every((n) => n === 0)) return kernel;
  return tf.pad(kernel, [...more.map((n): [number, number] => [0, n]), [0, 0], [
    0,
    0,
  ]]);
}
