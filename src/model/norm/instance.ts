import type * as tf from "@tensorflow/tfjs-core";
import { positive } from "@/core/mod.ts";
import { groupNorm } from "@/engine/mod.ts";
import { defineNorm } from "./_norm.ts";

/** Instance normalisation (Ulyanov et al. 2016): each sample and channel by itself. */
export const instance = defineNorm({
  name: "instance",
  summary: "Statistics of each sample and channel by itself",
  options: { epsilon: positive(1e-5, "added to the variance") },
  create: ({ epsilon }) => ({
    hasGamma: true,
    declare(weights, channels, gamma) {
      weights.add("gamma", [channels], gamma);
      weights.add("beta", [channels], "zeros");
    },
    apply: (weights, x) =>
      groupNorm(
        x,
        weights.get<tf.Tensor1D>("gamma"),
        weights.get<tf.Tensor1D>("beta"),
        x.shape[4],
        epsilon,
      ),
  }),
});
