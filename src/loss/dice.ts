import * as tf from "@tensorflow/tfjs-core";
import { choice, nonNegative } from "@/core/mod.ts";
import { defineLoss } from "./_loss.ts";

/** Keeps 0/0 away where nothing is labelled and the smoothing is 0. */
const tiny = 1e-12;

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
    over: choice(["batch", "sample"], "batch", "what one sum goes over"),
    smoothVox: nonNegative(1, "added to both counts; no labels give loss 0"),
  },
  create: ({ over, smoothVox: s }) => {
    const axes = over === "batch" ? [0, 1, 2, 3, 4] : [1, 2, 3, 4];
    return ({ logits, target, mask }) =>
      tf.tidy(() => {
        const p = tf.mul(tf.sigmoid(logits), mask); // [N, D, H, W, 1]
        const t = tf.mul(target, mask); // [N, D, H, W, 1]
        const overlap = tf.mul(2, tf.sum(tf.mul(p, t), axes)); // [] or [N]
        const total = tf.add(tf.sum(p, axes), tf.sum(t, axes)); // [] or [N]
        const ratio = tf.div(tf.add(overlap, s), tf.add(total, s || tiny));
        return tf.mean<tf.Scalar>(tf.sub(1, ratio));
      });
  },
});
