import * as tf from "@tensorflow/tfjs-core";
import { flag } from "@/core/mod.ts";
import { defineLoss } from "./_loss.ts";

/**
 * Weighted binary cross-entropy (L1): the mean over the labelled voxels of
 * `w · (-t log p - (1 - t) log(1 - p))`, divided by their number and not by the
 * sum of the weights; 0 where nothing is labelled. Stable for any logit.
 */
export const bce = defineLoss({
  name: "bce",
  summary: "Weighted binary cross-entropy over labelled voxels",
  options: {
    useWeights: flag(true, "multiply each voxel by its weight (SMP-3)"),
  },
  create: ({ useWeights }) => ({ logits: z, target, mask, weight }) =>
    tf.tidy(() => {
      // log(1 + exp(-|z|)) + max(z, 0) - z t
      const tail = tf.log1p(tf.exp(tf.neg(tf.abs(z)))); // [N, D, H, W, 1]
      const each = tf.add(tf.sub(tf.relu(z), tf.mul(z, target)), tail);
      const factor = useWeights ? tf.mul(mask, weight) : mask;
      const labelled = tf.maximum(tf.sum(mask), 1); // []
      return tf.div<tf.Scalar>(tf.sum(tf.mul(each, factor)), labelled);
    }),
});
