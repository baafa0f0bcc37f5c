import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";

/**
 * Continues an image beyond each side by its mirror image, the outermost voxel
 * not repeated (`c b | a b c | b a`).
 *
 * @param x `[N, D, H, W, C]`
 * @returns `[N, D + 2 pd, H + 2 ph, W + 2 pw, C]`
 * @throws {RangeError} If a padding reaches beyond the image.
 */
export function mirrorPad(x: tf.Tensor5D, paddingVox: Zyx): tf.Tensor5D {
  return tf.tidy(() =>
    paddingVox.reduce<tf.Tensor5D>(
      (padded, voxels, i) => mirrorAlong(padded, i + 1, voxels),
      tf.clone(x),
    )
  );
}

/** The image between two strips of its mirror image. */
function mirrorAlong(
  x: tf.Tensor5D,
  axis: number,
  voxels: number,
): tf.Tensor5D {
  const extent = x.shape[axis]!;
  if (voxels >= extent) {
    throw new RangeError(
      `Cannot mirror ${voxels} voxels along ${"zyx"[axis - 1]}: the image has` +
        ` ${extent}, and the outermost one is not repeated`,
    );
  }
  if (voxels === 0) return x;
  const mirrored = (start: number) => {
    const begin = x.shape.map((_, i) => i === axis ? start : 0);
    const size = x.shape.map((whole, i) => i === axis ? voxels : whole);
    return tf.reverse(tf.slice(x, begin, size), axis) as tf.Tensor5D;
  };
  return tf.concat([mirrored(1), x, mirrored(extent - 1 - voxels)], axis);
}
