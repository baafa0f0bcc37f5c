import * as tf from "@tensorflow/tfjs-core";
import { flag, nonNegative } from "@/core/mod.ts";
import { leastProbabilityOption, logLoss } from "./_log_loss.ts";
import { defineLoss } from "./_loss.ts";
import { meanOverLabelled } from "./_mean.ts";
import { overOption } from "./_over.ts";

/**
 * Focal loss (L4; Lin et al. 2017): the mean over the labelled voxels of
 * `-w (1 - p_t)^γ log p_t`, where `p_t` is the probability given to the truth; a
 * label between 0 and 1 mixes both truths. Stable for any logit.
 */
export const focal = defineLoss({
  name: "focal",
  summary: "Cross-entropy that looks away from easy voxels",
  options: {
    focus: nonNegative(2, "γ, how far it looks away; 0 is cross-entropy"),
    over: overOption(),
    useWeights: flag(true, "multiply each voxel by its weight (SMP-3)"),
    leastProbability: leastProbabilityOption(),
  },
  presets: {
    report: {
      summary: "probabilities from 1e-7 to 1 - 1e-7, the mean of each sample",
      options: {
        focus: 2,
        over: "sample",
        useWeights: true,
        leastProbability: 1e-7,
      },
    },
  },
  create: ({ focus, leastProbability, ...mean }) => (input) =>
    tf.tidy(() => {
      const { logits, target: t } = input;
      const { cleft, rest } = logLoss(logits, leastProbability);
      const doubt = (cost: tf.Tensor) => tf.exp(tf.mul(-focus, cost)); // p^γ
      const each = tf.add(
        tf.mul(t, tf.mul(doubt(rest), cleft)),
        tf.mul(tf.sub(1, t), tf.mul(doubt(cleft), rest)),
      );
      return meanOverLabelled(each, input, mean);
    }),
});
