import * as tf from "@tensorflow/tfjs-core";
import { nonNegative } from "@/core/mod.ts";
import { defineLoss } from "./_loss.ts";
import { labelled, overOption, smoothRatio } from "./_overlap.ts";

/**
 * Soft Dice over the labelled voxels (L2): `1 - (2Σpt + s) / (Σp + Σt + s)` with
 * `p` the cleft probability, `t` the label and `s` the smoothing. With `over:
 * batch` there is one sum over the whole batch, as in the report (which has
 * `s = 0`); with `over: sample` the losses of the samples are averaged.
 */
export const dice = defineLoss({
  name: "dice",
  summary: "Soft Dice over labelled voxels",
  options: {
    over: overOption(),
    smoothVox: nonNegative(1, "added to both counts; no labels give loss 0"),
  },
  create: ({ over, smoothVox: s }) => (input) =>
    tf.tidy(() => {
      const { p, t, sum } = labelled(input, over);
      const overlap = tf.mul(2, sum(tf.mul(p, t))); // [] or [N]
      const total = tf.add(sum(p), sum(t)); // [] or [N]
      return tf.mean<tf.Scalar>(tf.sub(1, smoothRatio(overlap, total, s)));
    }),
});
