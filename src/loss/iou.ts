import * as tf from "@tensorflow/tfjs-core";
import { nonNegative } from "@/core/mod.ts";
import { defineLoss } from "./_loss.ts";
import { overOption } from "./_over.ts";
import { labelled, smoothRatio } from "./_overlap.ts";

/**
 * Soft intersection over union of the labelled voxels (L2b; Rahman and Wang
 * 2016): `1 - (Σpt + s) / (Σp + Σt - Σpt + s)`, the Jaccard index where Dice
 * counts the intersection twice.
 */
export const iou = defineLoss({
  name: "iou",
  summary: "Soft intersection over union, the Jaccard index",
  options: {
    over: overOption(),
    smoothVox: nonNegative(1, "added to both counts; no labels give loss 0"),
  },
  presets: {
    report: {
      summary: "one sum over the batch, without smoothing",
      options: { over: "batch", smoothVox: 0 },
    },
  },
  create: ({ over, smoothVox: s }) => (input) =>
    tf.tidy(() => {
      const { p, t, sum } = labelled(input, over);
      const both = sum(tf.mul(p, t)); // [] or [N]
      const either = tf.sub(tf.add(sum(p), sum(t)), both);
      return tf.mean<tf.Scalar>(tf.sub(1, smoothRatio(both, either, s)));
    }),
});
