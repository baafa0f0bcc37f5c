import * as tf from "@tensorflow/tfjs-core";
import { noise } from "./noise.ts";
import { withGradient } from "./_with_gradient.ts";

/** What dropout drops. */
export interface DropoutOptions {
  /** The share that is dropped, from 0 to below 1. */
  readonly rate: number;
  /** Whole channels of a sample (Tompson et al. 2015), or numbers one by one. */
  readonly drops: "channels" | "voxels";
  /** Two whole numbers of 32 bits, which alone decide what is dropped. */
  readonly seed: tf.Tensor1D;
}

/**
 * Sets a random share of features to 0 and enlarges the others to keep the
 * mean (Srivastava et al. 2014). What was dropped is drawn again for the
 * gradient rather than kept.
 *
 * @param x `[N, D, H, W, C]`
 */
export function dropout(
  x: tf.Tensor5D,
  { rate, drops, seed }: DropoutOptions,
): tf.Tensor5D {
  const [n, d, h, w, c] = x.shape;
  const shape: tf.ShapeMap["R5"] = drops === "channels"
    ? [n, 1, 1, 1, c]
    : [n, d, h, w, c];
  const thinned = (features: tf.Tensor, seed: tf.Tensor1D) =>
    tf.tidy(() => {
      const isKept = tf.greaterEqual(noise<tf.Rank.R5>(shape, seed), rate);
      return tf.mul(
        features,
        tf.mul(tf.cast(isKept, "float32"), 1 / (1 - rate)),
      );
    });
  const [y] = withGradient([x, seed], {
    forward: (save) => {
      save([seed]);
      return [thinned(x, seed)];
    },
    backward: ([dy], [seed]) => [
      () => thinned(dy!, seed as tf.Tensor1D),
      () => tf.zeros(seed!.shape), // gradients are floats
    ],
  });
  return y as tf.Tensor5D;
}
