import * as tf from "@tensorflow/tfjs-core";
import { flag, nonNegative } from "@/core/mod.ts";
import { defineLoss } from "./_loss.ts";
import { overOption } from "./_over.ts";
import { labelled, smoothRatio } from "./_overlap.ts";

/**
 * Generalised Dice over cleft and background (L7; Sudre et al. 2017):
 * `1 - 2 Σ_l w_l Σpt / Σ_l w_l Σ(p + t)` with `w_l = 1 / max(Σt_l, 1)²`, so that
 * the few cleft voxels weigh as much as the many others. A smoothing is added
 * above and below the line, after these weights (as MONAI does).
 */
export const generalizedDice = defineLoss({
  name: "generalizedDice",
  summary: "Dice of cleft and background, each weighted by its rarity",
  options: {
    over: overOption(),
    background: flag(true, "count the background as a class beside the cleft"),
    smooth: nonNegative(0, "added above and below the line"),
  },
  create: ({ over, background, smooth }) => (input) =>
    tf.tidy(() => {
      const { p, t, mask, sum } = labelled(input, over);
      const of = (p: tf.Tensor, t: tf.Tensor) => {
        const weight = tf.pow(tf.maximum(sum(t), 1), -2); // [] or [N]
        return {
          overlap: tf.mul(weight, sum(tf.mul(p, t))),
          total: tf.mul(weight, tf.add(sum(p), sum(t))),
        };
      };
      const classes = [of(p, t)];
      if (background) classes.push(of(tf.sub(mask, p), tf.sub(mask, t)));
      const overlap = tf.addN(classes.map((one) => one.overlap));
      const total = tf.addN(classes.map((one) => one.total));
      return tf.mean<tf.Scalar>(
        tf.sub(1, smoothRatio(tf.mul(2, overlap), total, smooth)),
      );
    }),
});
