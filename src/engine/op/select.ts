import * as tf from "@tensorflow/tfjs-core";
import { withGradient } from "./_with_gradient.ts";

/**
 * `a` where the condition holds, else `b`; all three of one shape. Gradients
 * flow to the one that was chosen, even where the other is not a number.
 */
export function select<T extends tf.Tensor>(
  condition: tf.Tensor,
  a: T,
  b: T,
): T {
  const [y] = withGradient([a, b], {
    forward: (save) => {
      save([condition]);
      return [tf.where(condition, a, b)];
    },
    backward: ([dy], [condition]) => [
      () => tf.where(condition!, dy!, tf.zerosLike(dy!)),
      () => tf.where(condition!, tf.zerosLike(dy!), dy!),
    ],
  });
  return y as T;
}
