import * as tf from "@tensorflow/tfjs-core";
import { flag } from "@/core/mod.ts";
import { defineLoss, type LossInput } from "./_loss.ts";

/**
 * Squared error of a distance (L12): the mean over the labelled voxels of
 * `w (tanh z - t)²` for logits z and targets t from -1 to 1, divided by their
 * number and not by the sum of the weights; 0 where nothing is labelled.
 */
export const squaredError = defineLoss({
  name: "squaredError",
  summary: "Squared error of a saturated distance, for target signedDistance",
  options: {
    useWeights: flag(true, "multiply each voxel by its weight (SMP-3)"),
  },
  create: ({ useWeights }) =>
    Object.assign(
      ({ logits, target, mask, weight }: LossInput) =>
        tf.tidy(() => {
          const each = tf.square(tf.sub(tf.tanh(logits), target)); // [N, D, H, W, 1]
          const factor = useWeights ? tf.mul(mask, weight) : mask;
          const labelled = tf.maximum(tf.sum(mask), 1); // []
          return tf.div<tf.Scalar>(tf.sum(tf.mul(each, factor)), labelled);
        }),
      { compares: "distances" as const },
    ),
});
