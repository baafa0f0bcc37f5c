import * as tf from "@tensorflow/tfjs-core";
import { defineOverlap, smoothRatio } from "./_overlap.ts";

/**
 * The mean of the soft Dice of cleft and of background (L8, "consider
 * negative"): `1 - Σpt / Σ(p + t) - Σ(1-p)(1-t) / Σ(2 - p - t)`, each side
 * smoothed as Dice is.
 */
export const twoClassDice = defineOverlap({
  name: "twoClassDice",
  summary: "Mean of the Dice of cleft and of background",
  smoothed: "added to both counts of each side",
  share({ p, t, mask, sum }, smoothVox) {
    const dice = (p: tf.Tensor, t: tf.Tensor) =>
      smoothRatio(
        tf.mul(2, sum(tf.mul(p, t))),
        tf.add(sum(p), sum(t)),
        smoothVox,
      );
    const both = tf.add(dice(p, t), dice(tf.sub(mask, p), tf.sub(mask, t)));
    return tf.div(both, 2);
  },
});
