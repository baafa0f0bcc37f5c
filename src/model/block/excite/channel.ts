import * as tf from "@tensorflow/tfjs-core";
import { count, flag } from "@/core/mod.ts";
import { relu } from "@/engine/mod.ts";
import type { Scope } from "../../weights.ts";
import { defineExcitation } from "./_excitation.ts";

/**
 * Squeeze-and-excitation (N4; Hu et al. 2018; `cSE` of Roy et al. 2018): each
 * channel of a sample is weighed by what the means of all channels say, through
 * two layers with `channels / ratio` numbers between them.
 */
export const channel = defineExcitation({
  name: "channel",
  summary: "Weighs channels by what their means say (cSE)",
  options: {
    ratio: count(8, "channels to one number between the two layers"),
    bias: flag(false, "whether the two layers have biases"),
  },
  create: ({ ratio, bias }) => (channels) => {
    const hidden = Math.max(1, Math.floor(channels / ratio));
    const dense = (weights: Scope, x: tf.Tensor2D): tf.Tensor2D => {
      const y = tf.matMul<tf.Tensor2D>(x, weights.get<tf.Tensor2D>("kernel"));
      return bias ? tf.add<tf.Tensor2D>(y, weights.get("bias")) : y;
    };
    return {
      see: (x) => x,
      declare(weights) {
        const declare = (name: string, inputs: number, outputs: number) => {
          const layer = weights.in(name);
          layer.add("kernel", [inputs, outputs], "kaimingFanOut");
          if (bias) layer.add("bias", [outputs], "zeros");
        };
        declare("squeeze", channels, hidden);
        declare("excite", hidden, channels);
      },
      apply(weights, x) {
        const [n, d, h, w, c] = x.shape;
        const rows = tf.reshape<tf.Rank.R3>(x, [n, d * h * w, c]);
        const means = tf.mean(rows, 1) as tf.Tensor2D; // [N, C]
        const squeezed = relu(dense(weights.in("squeeze"), means));
        const share = tf.sigmoid(dense(weights.in("excite"), squeezed));
        return tf.mul(x, tf.reshape<tf.Rank.R5>(share, [n, 1, 1, 1, c]));
      },
    };
  },
});
