import * as tf from "@tensorflow/tfjs-core";
import { defineOverlap, smoothRatio } from "./_overlap.ts";

/**
 * Dice with squares below the line (L6; V-Net, Milletari et al. 2016):
 * `1 - (2Σpt + s) / (Σp² + Σt² + s)` over the labelled voxels, so that voxels at
 * different distances from the truth have different derivatives.
 */
export const squaredDice = defineOverlap({
  name: "squaredDice",
  summary: "Dice with a squared denominator, as in V-Net",
  share({ p, t, sum }, smoothVox) {
    const overlap = tf.mul(2, sum(tf.mul(p, t))); // [] or [N]
    const total = tf.add(sum(tf.square(p)), sum(tf.square(t)));
    return smoothRatio(overlap, total, smoothVox);
  },
});
