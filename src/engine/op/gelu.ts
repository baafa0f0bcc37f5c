import * as tf from "@tensorflow/tfjs-core";
import { withGradient } from "./_with_gradient.ts";

/**
 * Each number times the share of a standard normal distribution below it
 * (Hendrycks and Gimpel 2016), exactly rather than by the approximation with
 * tanh. Only the input is kept for the gradient.
 */
export function gelu<T extends tf.Tensor>(x: T): T {
  const [y] = withGradient([x], {
    forward: (save) => {
      save([x]);
      return [tf.tidy(() => tf.mul(x, shareBelow(x)))];
    },
    backward: ([dy], [x]) => [() => {
      const density = tf.mul(
        tf.exp(tf.mul(tf.square(x!), -0.5)),
        1 / Math.sqrt(2 * Math.PI),
      );
      return tf.mul(dy!, tf.add(shareBelow(x!), tf.mul(x!, density)));
    }],
  });
  return y as T;
}

/** The standard normal distribution's cumulative function. */
function shareBelow(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
}
