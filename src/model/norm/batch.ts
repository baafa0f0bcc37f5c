import * as tf from "@tensorflow/tfjs-core";
import { flag, fraction, positive } from "@/core/mod.ts";
import { batchNorm } from "@/engine/mod.ts";
import type { Scope } from "../weights.ts";
import { defineNorm } from "./_norm.ts";

/**
 * Batch normalisation (Ioffe and Szegedy 2015): statistics of the batch in
 * training, their running averages at inference, where the convolution before
 * takes the normalisation in. Where devices share a batch, each normalises its
 * part by that part's own statistics, and the averages follow the means, over the
 * devices, of means and of variances; `sync` takes the statistics of the whole
 * batch (the report's batch normalisation on several cards). `frozen` is for fine-tuning on few samples, whose
 * statistics would be poor.
 */
export const batch = defineNorm({
  name: "batch",
  summary: "Statistics of the batch; running averages at inference",
  options: {
    momentum: fraction(0.1, "share of the newest batch in the averages"),
    epsilon: positive(1e-5, "added to the variance"),
    sync: flag(
      false,
      "where train.devices share a batch, takes the statistics of all of it; else each device takes those of its part",
    ),
    frozen: flag(
      false,
      "uses the running averages in training, too, and leaves them as they are",
    ),
  },
  create: ({ momentum, epsilon, sync, frozen }) => {
    /** The running averages as a factor and a summand per channel. */
    const fold = (weights: Scope) => {
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
    };
    return {
      hasGamma: true,
      declare(weights, channels, gamma) {
        weights.add("gamma", [channels], gamma);
        weights.add("beta", [channels], "zeros");
        weights.addBuffer("mean", [channels], "zeros");
        weights.addBuffer("variance", [channels], "ones");
      },
      apply(weights, x) {
        if (frozen) {
          for (const name of ["mean", "variance"]) {
            weights.update(name, tf.clone(weights.get(name)));
          }
          const { scale, shift } = fold(weights);
          return tf.add(tf.mul<tf.Tensor5D>(x, scale), shift);
        }
        const gamma = weights.get<tf.Tensor1D>("gamma");
        const beta = weights.get<tf.Tensor1D>("beta");
        const { y, mean, variance, count } = batchNorm(x, gamma, beta, {
          epsilon,
          isSynchronised: sync,
        });
        const share = weights.momentum ?? momentum;
        const average = (name: string, newest: tf.Tensor, factor = 1) =>
          weights.update(
            name,
            tf.add(
              tf.mul(weights.get(name), 1 - share),
              tf.mul(newest, share * factor),
            ),
          );
        average("mean", mean);
        // Unbiased, as torch keeps it.
        average("variance", variance, count / Math.max(1, count - 1));
        return y;
      },
      fold,
    };
  },
});
