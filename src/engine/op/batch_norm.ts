import * as tf from "@tensorflow/tfjs-core";
import { batchParts } from "../batch_parts.ts";
import {
  flag,
  floats,
  type Operations,
  operations,
  real,
  word,
} from "./_operations.ts";
import { together, withGradient } from "./_with_gradient.ts";

/** What normalising a batch gives. */
export interface BatchNorm {
  /** The normalised batch, `[N, D, H, W, C]`. */
  readonly y: tf.Tensor5D;
  /** The mean of each channel, `[C]`; no gradient flows through it. */
  readonly mean: tf.Tensor1D;
  /** The mean squared deviation of each channel, `[C]`; no gradient flows through it. */
  readonly variance: tf.Tensor1D;
  /** Numbers behind each of the statistics. */
  readonly count: number;
}

/** How a batch is normalised. */
export interface BatchNormOptions {
  /** Added to the variance; on a graphics processor at least 1e-5 (a limit of cuDNN). */
  readonly epsilon: number;
  /**
   * Where devices share the batch: whether the statistics are those of all of
   * it. By default each device normalises its part by that part's own, and mean
   * and variance are the means of theirs.
   */
  readonly isSynchronised?: boolean;
}

/**
 * Normalises each channel by the statistics of the batch (Ioffe and Szegedy
 * 2015): `gamma * (x - mean) / sqrt(variance + epsilon) + beta`. Gradients
 * flow through `y` alone, to `x`, `gamma` and `beta`.
 *
 * @param x `[N, D, H, W, C]`
 * @param gamma `[C]`
 * @param beta `[C]`
 */
export function batchNorm(
  x: tf.Tensor5D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  { epsilon, isSynchronised = false }: BatchNormOptions,
): BatchNorm {
  const parts = isSynchronised ? 1 : batchParts();
  return parts > 1
    ? byParts(x, gamma, beta, { epsilon, parts })
    : byBatch(x, gamma, beta, epsilon);
}

function byBatch(
  x: tf.Tensor5D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
): BatchNorm {
  const ops = operations();
  const [y, mean, variance] = ops
    ? fused(ops, x, gamma, beta, epsilon)
    : composed(x, gamma, beta, epsilon);
  return {
    y: y as tf.Tensor5D,
    mean: mean as tf.Tensor1D,
    variance: variance as tf.Tensor1D,
    count: x.size / x.shape[4],
  };
}

/** The same for each part of a batch: as if the channels of each were others. */
function byParts(
  x: tf.Tensor5D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  { epsilon, parts }: { readonly epsilon: number; readonly parts: number },
): BatchNorm {
  const channels = x.shape[4], voxels = x.size / channels / parts;
  // By a sum rather than tiles, whose gradient would be cut from all devices.
  const each = (row: tf.Tensor1D) => {
    const rows = tf.add(row, tf.zeros([parts, channels]));
    return tf.reshape<tf.Rank.R1>(rows, [parts * channels]);
  };
  const mean = (row: tf.Tensor1D) =>
    tf.mean<tf.Tensor1D>(tf.reshape(row, [parts, channels]), 0);
  const rows = tf.reshape(x, [parts, voxels, channels]);
  const aside = tf.reshape<tf.Rank.R5>(
    tf.transpose(rows, [1, 0, 2]),
    [voxels, 1, 1, 1, parts * channels],
  );
  const all = byBatch(aside, each(gamma), each(beta), epsilon);
  const y = tf.transpose(
    tf.reshape(all.y, [voxels, parts, channels]),
    [1, 0, 2],
  );
  return {
    y: tf.reshape(y, x.shape),
    mean: mean(all.mean),
    variance: mean(all.variance),
    count: voxels,
  };
}

/** One operation of the library forward and one backward. */
function fused(
  ops: Operations,
  x: tf.Tensor5D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
): tf.Tensor[] {
  const [n, d, h, w, c] = x.shape;
  const voxels = n * d * h * w;
  const attributes = [
    floats("T"),
    floats("U"),
    real("epsilon", epsilon),
    word("data_format", "NHWC"),
    flag("is_training", true),
  ];
  return withGradient([x, gamma, beta], {
    forward: (save) => {
      const images = tf.reshape(x, [n * d, h, w, c]);
      const none = tf.tensor1d([], "float32");
      const [y, mean, unbiased, ...reserves] = ops.executeMultipleOutputs(
        "FusedBatchNormV3",
        attributes,
        [images, gamma, beta, none, none],
        6,
      );
      save([images, gamma, ...reserves]);
      const variance = tf.mul(unbiased!, (voxels - 1) / voxels);
      return [tf.reshape(y!, x.shape), mean!, variance];
    },
    backward: ([dy], [images, gamma, ...reserves]) =>
      together(() => {
        const [dx, dGamma, dBeta] = ops.executeMultipleOutputs(
          "FusedBatchNormGradV3",
          attributes,
          [tf.reshape(dy!, images!.shape), images!, gamma!, ...reserves],
          5,
        );
        return [tf.reshape(dx!, dy!.shape), dGamma!, dBeta!];
      }),
  });
}

/** The same in plain arithmetic. */
function composed(
  x: tf.Tensor5D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
): tf.Tensor[] {
  const channels = x.shape[4], voxels = x.size / channels;
  return withGradient([x, gamma, beta], {
    forward: (save) => {
      const rows = tf.reshape(x, [voxels, channels]);
      const { mean, variance } = tf.moments(rows, 0);
      const inverse = tf.rsqrt(tf.add(variance, epsilon)); // [C]
      const unit = tf.mul(tf.sub(rows, mean), inverse); // [voxels, C]
      save([unit, inverse, gamma]);
      const y = tf.add(tf.mul(unit, gamma), beta);
      return [tf.reshape(y, x.shape), mean, variance];
    },
    backward: ([dy], [unit, inverse, gamma]) =>
      together(() => {
        const rows = tf.reshape(dy!, [voxels, channels]);
        const dBeta = tf.sum(rows, 0); // [C]
        const dGamma = tf.sum(tf.mul(rows, unit!), 0); // [C]
        const shared = tf.add(dBeta, tf.mul(unit!, dGamma)); // [voxels, C]
        const dx = tf.mul(
          tf.sub(rows, tf.div(shared, voxels)),
          tf.mul(gamma!, inverse!),
        );
        return [tf.reshape(dx, x.shape), dGamma, dBeta];
      }),
  });
}
