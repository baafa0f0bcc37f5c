import * as tf from "@tensorflow/tfjs-core";
import { nonNegative } from "@/core/mod.ts";
import { defineLoss } from "./_loss.ts";
import { overOption } from "./_over.ts";
import { labelled, smoothRatio } from "./_overlap.ts";

/**
 * The mean of the soft Dice of cleft and of background (L8, "consider
 * negative"): `1 - Σpt / Σ(p + t) - Σ(1-p)(1-t) / Σ(2 - p - t)`, each side
 * smoothed as Dice is.
 */
export const twoClassDice = defineLoss({
  name: "twoClassDice",
  summary: "Mean of the Dice of cleft and of background",
  options: {
    over: overOption(),
    smoothVox: nonNegative(1, "added to both counts of each side"),
  },
  presets: {
    report: {
      summary: "one sum over the batch, without smoothing",
      options: { over: "batch", smoothVox: 0 },
    },
  },
  create: ({ over, smoothVox: s }) => (input) =>
    tf.tidy(() => {
      const { p, t, mask, sum } = labelled(input, over);
      const dice = (p: tf.Tensor, t: tf.Tensor) =>
        smoothRatio(tf.mul(2, sum(tf.mul(p, t))), tf.add(sum(p), sum(t)), s);
      const both = tf.add(dice(p, t), dice(tf.sub(mask, p), tf.sub(mask, t)));
      return tf.mean<tf.Scalar>(tf.sub(1, tf.div(both, 2)));
    }),
});
