import * as tf from "@tensorflow/tfjs-core";
import { flag } from "@/core/mod.ts";
import { defineLoss, type LossInput } from "./_loss.ts";
import { meanOverLabelled } from "./_mean.ts";
import { overOption } from "./_over.ts";

/** Added to the square of a length, so that a vector of none has a gradient. */
const tiny = 1e-4;

/**
 * One minus the cosine of the angle between two vectors (techniques A9): the mean
 * over the labelled voxels of `w (1 - z · t / (|z| |t|))`, from 0 to 2, for what
 * the network says, z, and the direction t; 0 where nothing is labelled. How long
 * z is does not matter.
 */
export const cosine = defineLoss({
  name: "cosine",
  summary: "One minus the cosine of the angle, for target direction",
  options: {
    over: overOption(),
    useWeights: flag(true, "multiply each voxel by its weight"),
  },
  create: (mean) =>
    Object.assign(
      (input: LossInput) =>
        tf.tidy(() => {
          const { logits, target } = input;
          const along = (x: tf.Tensor) => tf.sum(x, 4, true); // [N, D, H, W, 1]
          const said = tf.sqrt(tf.add(along(tf.square(logits)), tiny));
          const wanted = tf.maximum(
            tf.sqrt(along(tf.square(target))),
            tiny,
          );
          const unit = tf.div(target, wanted); // [N, D, H, W, 3]
          const cosine = tf.div(along(tf.mul(logits, unit)), said);
          return meanOverLabelled(tf.sub(1, cosine), input, mean);
        }),
      { compares: "directions" as const },
    ),
});
