import * as tf from "@tensorflow/tfjs-core";
import { flag } from "@/core/mod.ts";
import { defineLoss, type LossInput } from "./_loss.ts";
import { meanOverLabelled } from "./_mean.ts";
import { overOption } from "./_over.ts";

/**
 * Squared error of a distance (L12): the mean over the labelled voxels of
 * `w (tanh z - t)²` for logits z and targets t from -1 to 1, divided by their
 * number and not by the sum of the weights; 0 where nothing is labelled.
 */
export const squaredError = defineLoss({
  name: "squaredError",
  summary: "Squared error of a saturated distance, for target signedDistance",
  options: {
    over: overOption(),
    useWeights: flag(true, "multiply each voxel by its weight (SMP-3)"),
  },
  create: (mean) =>
    Object.assign(
      (input: LossInput) =>
        tf.tidy(() => {
          const error = tf.sub(tf.tanh(input.logits), input.target);
          return meanOverLabelled(tf.square(error), input, mean);
        }),
      { compares: "distances" as const },
    ),
});
