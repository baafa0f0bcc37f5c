import * as tf from "@tensorflow/tfjs-core";
import { flag } from "@/core/mod.ts";
import { leastProbabilityOption, logLoss } from "./_log_loss.ts";
import { defineLoss } from "./_loss.ts";
import { meanOverLabelled } from "./_mean.ts";
import { overOption } from "./_over.ts";

/**
 * Weighted binary cross-entropy (L1): the mean over the labelled voxels of
 * `w · (-t log p - (1 - t) log(1 - p))`, divided by their number and not by the
 * sum of the weights; 0 where nothing is labelled. Stable for any logit.
 */
export const bce = defineLoss({
  name: "bce",
  summary: "Weighted binary cross-entropy over labelled voxels",
  options: {
    over: overOption(),
    useWeights: flag(true, "multiply each voxel by its weight (SMP-3)"),
    leastProbability: leastProbabilityOption(),
  },
  presets: {
    report: {
      summary: "logarithms of at least -100, as PyTorch has them",
      options: {
        over: "batch",
        useWeights: true,
        leastProbability: Math.exp(-100),
      },
    },
  },
  create: ({ leastProbability, ...mean }) => (input) =>
    tf.tidy(() => {
      const { logits, target: t } = input;
      const { cleft, rest } = logLoss(logits, leastProbability);
      const each = tf.add(tf.mul(t, cleft), tf.mul(tf.sub(1, t), rest));
      return meanOverLabelled(each, input, mean);
    }),
});
