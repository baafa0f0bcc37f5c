import * as tf from "@tensorflow/tfjs-core";
import { together, withGradient } from "./_with_gradient.ts";

/**
 * Normalises each sample's groups of channels by their own mean and variance
 * (Wu and He 2018); as many groups as channels is instance normalisation.
 *
 * @param x `[N, D, H, W, C]`
 * @param gamma `[C]`
 * @param beta `[C]`
 * @throws {RangeError} If `groups` does not divide the channels.
 */
export function groupNorm(
  x: tf.Tensor5D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  { groups, epsilon }: {
    readonly groups: number;
    /** Added to the variance. */
    readonly epsilon: number;
  },
): tf.Tensor5D {
  const [n, d, h, w, c] = x.shape;
  if (c % groups !== 0) {
    throw new RangeError(
      `Cannot normalise ${c} channels in ${groups} groups: the number of` +
        ` groups has to divide the channels`,
    );
  }
  const voxels = d * h * w;
  /** The mean over each group, for each of its channels: `[N, 1, C]`. */
  const groupMean = (rows: tf.Tensor3D) => {
    const byChannel = tf.reshape(tf.mean(rows, 1), [n, groups, c / groups]);
    const byGroup = tf.mean(byChannel, 2, true); // [N, G, 1]
    return tf.reshape(
      tf.add(byGroup, tf.zeros([n, groups, c / groups])),
      [n, 1, c],
    );
  };
  const [y] = withGradient([x, gamma, beta], {
    forward: (save) => {
      const rows = tf.reshape<tf.Rank.R3>(x, [n, voxels, c]);
      const centred = tf.sub(rows, groupMean(rows)) as tf.Tensor3D;
      const variance = groupMean(tf.square(centred));
      const inverse = tf.rsqrt(tf.add(variance, epsilon)); // [N, 1, C]
      const unit = tf.mul(centred, inverse); // [N, voxels, C]
      save([unit, inverse, gamma]);
      return [tf.reshape(tf.add(tf.mul(unit, gamma), beta), x.shape)];
    },
    backward: ([dy], [unit, inverse, gamma]) =>
      together(() => {
        const rows = tf.reshape(dy!, [n, voxels, c]);
        const dBeta = tf.sum(rows, [0, 1]); // [C]
        const dGamma = tf.sum(tf.mul(rows, unit!), [0, 1]); // [C]
        const scaled = tf.mul(rows, gamma!) as tf.Tensor3D; // [N, voxels, C]
        const along = groupMean(tf.mul(scaled, unit!)); // [N, 1, C]
        const shared = tf.add(groupMean(scaled), tf.mul(unit!, along));
        const dx = tf.mul(tf.sub(scaled, shared), inverse!);
        return [tf.reshape(dx, x.shape), dGamma, dBeta];
      }),
  });
  return y as tf.Tensor5D;
}
