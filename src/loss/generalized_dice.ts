import * as tf from "@tensorflow/tfjs-core";
import { defineLoss } from "./_loss.ts";
import { labelled, overOption, tiny } from "./_overlap.ts";

/**
 * Generalised Dice over cleft and background (L7; Sudre et al. 2017):
 * `1 - 2 Σ_l w_l Σpt / Σ_l w_l Σ(p + t)` with `w_l = 1 / max(Σt_l, 1)²`, so that
 * the few cleft voxels weigh as much as the many others.
 */
export const generalizedDice = defineLoss({
  name: "generalizedDice",
  summary: "Dice of cleft and background, each weighted by its rarity",
  options: { over: overOption() },
  create: ({ over }) => (input) =>
    tf.tidy(() => {
      const { p, t, mask, sum } = labelled(input, over);
      const of = (p: tf.Tensor, t: tf.Tensor) => {
        const weight = tf.pow(tf.maximum(sum(t), 1), -2); // [] or [N]
        return {
          overlap: tf.mul(weight, sum(tf.mul(p, t))),
          total: tf.mul(weight, tf.add(sum(p), sum(t))),
        };
      };
      const cleft = of(p, t), rest = of(tf.sub(mask, p), tf.sub(mask, t));
      const overlap = tf.mul(2, tf.add(cleft.overlap, rest.overlap));
      const total = tf.add(cleft.total, rest.total);
      return tf.mean<tf.Scalar>(
        tf.sub(1, tf.div(overlap, tf.add(total, tiny))),
      );
    }),
});
