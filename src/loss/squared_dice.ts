import * as tf from "@tensorflow/tfjs-core";
import { nonNegative } from "@/core/mod.ts";
import { defineLoss } from "./_loss.ts";
import { overOption } from "./_over.ts";
import { labelled, smoothRatio } from "./_overlap.ts";

/**
 * Dice with squares below the line (L6; V-Net, Milletari et al. 2016):
 * `1 - (2Σpt + s) / (Σp² + Σt² + s)` over the labelled voxels, so that voxels at
 * different distances from the truth have different derivatives.
 */
export const squaredDice = defineLoss({
  name: "squaredDice",
  summary: "Dice with a squared denominator, as in V-Net",
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
      const overlap = tf.mul(2, sum(tf.mul(p, t))); // [] or [N]
      const total = tf.add(sum(tf.square(p)), sum(tf.square(t)));
      return tf.mean<tf.Scalar>(tf.sub(1, smoothRatio(overlap, total, s)));
    }),
});
