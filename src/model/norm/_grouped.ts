import type * as tf from "@tensorflow/tfjs-core";
import { groupNorm } from "@/engine/mod.ts";
import type { Norm } from "./_norm.ts";

/** Brings each sample's groups of channels to a common mean and scale. */
export function grouped(
  groupsOf: (channels: number) => number,
  epsilon: number,
): Norm {
  return {
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
        { groups: groupsOf(x.shape[4]), epsilon },
      ),
  };
}
