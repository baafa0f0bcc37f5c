import * as tf from "@tensorflow/tfjs-core";
import { flag, nonNegative } from "@/core/mod.ts";
import { defineLoss } from "./_loss.ts";

/**
 * Focal loss (L4; Lin et al. 2017): the mean over the labelled voxels of
 * `-w (1 - p_t)^γ log p_t`, where `p_t` is the probability given to the truth.
 * Stable for any logit.
 */
export const focal = defineLoss({
  name: "focal",
  summary: "Cross-entropy that looks away from easy voxels",
  options: {
    focus: nonNegative(2, "γ, how far it looks away; 0 is cross-entropy"),
    useWeights: flag(true, "multiply each voxel by its weight (SMP-3)"),
  },
  create: ({ focus, useWeights }) => ({ logits, target, mask, weight }) =>
    tf.tidy(() => {
      const side = tf.sub(tf.mul(target, 2), 1); // 1 in clefts, -1 elsewhere
      const margin = tf.mul(logits, side); // p_t = sigmoid(margin)
      const crossEntropy = tf.add(
        tf.relu(tf.neg(margin)),
        tf.log1p(tf.exp(tf.neg(tf.abs(margin)))),
      );
      const doubt = tf.sigmoid(tf.neg(margin)); // 1 - p_t
      const each = tf.mul(tf.pow(doubt, focus), crossEntropy);
      const factor = useWeights ? tf.mul(mask, weight) : mask;
      const known = tf.maximum(tf.sum(mask), 1); // []
      return tf.div<tf.Scalar>(tf.sum(tf.mul(each, factor)), known);
    }),
});
