import * as tf from "@tensorflow/tfjs-core";
import { fraction, positive } from "@/core/mod.ts";
import { batchNorm } from "@/engine/mod.ts";
import { defineNorm } from "./_norm.ts";

/**
 * Batch normalisation (Ioffe and Szegedy 2015): statistics of the batch in
 * training, their running averages at inference, where the convolution before
 * takes the normalisation in.
 */
export const batch = defineNorm({
  name: "batch",
  summary: "Statistics of the batch; running averages at inference",
  options: {
    momentum: fraction(0.1, "share of the newest batch in the averages"),
    epsilon: positive(1e-5, "added to the variance"),
  },
  create: ({ momentum, epsilon }) => ({
    declare(weights, channels) {
      weights.add("gamma", [channels], "ones");
      weights.add("beta", [channels], "zeros");
      weights.addBuffer("mean", [channels], "zeros");
      weights.addBuffer("variance", [channels], "ones");
    },
    apply(weights, x) {
      const gamma = weights.get<tf.Tensor1D>("gamma");
      const beta = weights.get<tf.Tensor1D>("beta");
      const { y, mean, variance } = batchNorm(x, gamma, beta, epsilon);
      const n = x.size / x.shape[4];
      const average = (name: string, newest: tf.Tensor, factor = 1) =>
        weights.update(
          name,
          tf.add(
            tf.mul(weights.get(name), 1 - momentum),
            tf.mul(newest, momentum * factor),
          ),
        );
      average("mean", mean);
      average("variance", variance, n / Math.max(1, n - 1)); // unbiased, as torch keeps it
      return y;
    },
    fold(weights) {
      const variance = weights.get<tf.Tensor1D>("variance");
      const scale = tf.mul<tf.Tensor1D>(
        weights.get("gamma"),
        tf.rsqrt(tf.add(variance, epsilon)),
      );
      const mean = weights.get<tf.Tensor1D>("mean");
      const shift = tf.sub<tf.Tensor1D>(
        weights.get("beta"),
        tf.mul(mean, scale),
      );
      return { scale, shift };
    },
  }),
});
