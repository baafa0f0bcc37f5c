import * as tf from "@tensorflow/tfjs-core";
import { nonNegative } from "@/core/mod.ts";
import { softDice } from "./_dice.ts";
import { defineLoss } from "./_loss.ts";
import { overOption } from "./_over.ts";

/**
 * The logarithm of the hyperbolic cosine of soft Dice (Jadon 2020): near its
 * minimum as smooth as a square, `d² / 2`, so that the last steps are small ones.
 */
export const logCoshDice = defineLoss({
  name: "logCoshDice",
  summary: "Log-cosh of soft Dice, smooth near its minimum",
  options: {
    over: overOption(),
    smoothVox: nonNegative(1, "added to both counts; no labels give loss 0"),
  },
  create: (options) => (input) =>
    tf.tidy(() => {
      const half = tf.sinh(tf.div(softDice(input, options), 2)); // [] or [N]
      // cosh d = 1 + 2 sinh²(d / 2), which small d do not round to 1
      return tf.mean<tf.Scalar>(tf.log1p(tf.mul(2, tf.square(half))));
    }),
});
