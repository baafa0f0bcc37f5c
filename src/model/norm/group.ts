import type * as tf from "@tensorflow/tfjs-core";
import { count, ExperimentError, positive } from "@/core/mod.ts";
import { groupNorm } from "@/engine/mod.ts";
import { defineNorm } from "./_norm.ts";

/**
 * Group normalisation (Wu and He 2018, N5): statistics of each sample over
 * groups of channels, so that the batch size does not matter.
 */
export const group = defineNorm({
  name: "group",
  summary: "Statistics of each sample over groups of channels",
  options: {
    groups: count(8, "groups the channels are divided into"),
    epsilon: positive(1e-5, "added to the variance"),
  },
  create: ({ groups, epsilon }) => ({
    hasGamma: true,
    declare(weights, channels, gamma) {
      if (channels % groups !== 0) {
        throw new ExperimentError(
          `Cannot divide ${channels} channels into ${groups} groups`,
          {
            where: "model.norm.groups",
            fix: `Use ${divisorsOf(channels).join(", ")}, or filters that are` +
              ` multiples of ${groups}`,
          },
        );
      }
      weights.add("gamma", [channels], gamma);
      weights.add("beta", [channels], "zeros");
    },
    apply: (weights, x) =>
      groupNorm(
        x,
        weights.get<tf.Tensor1D>("gamma"),
        weights.get<tf.Tensor1D>("beta"),
        groups,
        epsilon,
      ),
  }),
});

function divisorsOf(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i + 1).filter((d) => n % d === 0);
}
