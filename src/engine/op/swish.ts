import * as tf from "@tensorflow/tfjs-core";
import { withGradient } from "./_with_gradient.ts";

/**
 * Each number times its logistic function (Ramachandran et al. 2017; also
 * SiLU). Only the input is kept for the gradient.
 */
export function swish<T extends tf.Tensor>(x: T): T {
  const [y] = withGradient([x], {
    forward: (save) => {
      save([x]);
      return [tf.tidy(() => tf.mul(x, tf.sigmoid(x)))];
    },
    backward: ([dy], [x]) => [() => {
      const share = tf.sigmoid(x!);
      const slope = tf.add(tf.mul(x!, tf.sub(1, share)), 1);
      return tf.mul(dy!, tf.mul(share, slope));
    }],
  });
  return y as T;
}
