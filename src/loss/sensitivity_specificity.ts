import * as tf from "@tensorflow/tfjs-core";
import { fraction } from "@/core/mod.ts";
import { defineLoss } from "./_loss.ts";
import { overOption } from "./_over.ts";
import { labelled, tiny } from "./_overlap.ts";

/**
 * Squared errors of cleft and of background, each over its own voxels (L9;
 * Brosch et al. 2015): `λ Σ(t-p)²t / Σt + (1-λ) Σ(t-p)²(1-t) / Σ(1-t)`; a side
 * without voxels counts 0.
 */
export const sensitivitySpecificity = defineLoss({
  name: "sensitivitySpecificity",
  summary: "Squared errors of cleft and background, weighed against each other",
  options: {
    over: overOption(),
    sensitivity: fraction(0.05, "λ, weight of the cleft voxels"),
  },
  create: ({ over, sensitivity }) => (input) =>
    tf.tidy(() => {
      const { p, t, mask, sum } = labelled(input, over);
      const error = tf.square(tf.sub(t, p));
      const mean = (where: tf.Tensor) =>
        tf.div(sum(tf.mul(error, where)), tf.add(sum(where), tiny));
      return tf.mean<tf.Scalar>(
        tf.add(
          tf.mul(sensitivity, mean(t)),
          tf.mul(1 - sensitivity, mean(tf.sub(mask, t))),
        ),
      );
    }),
});
