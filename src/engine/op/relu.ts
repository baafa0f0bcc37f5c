import * as tf from "@tensorflow/tfjs-core";
import { floats, operations } from "./_operations.ts";
import { withGradient } from "./_with_gradient.ts";

/**
 * The larger of each number and 0. Unlike tfjs's, its gradient asks the result
 * rather than the input which numbers were positive: the same numbers, but
 * nothing besides the result has to be kept, and one operation does it.
 */
export function relu<T extends tf.Tensor>(x: T): T {
  const ops = operations();
  if (!ops) return tf.relu(x);
  const [y] = withGradient([x], {
    forward: (save) => {
      const y = ops.executeSingleOutput("Relu", [floats("T")], [x]);
      save([y]);
      return [y];
    },
    backward: ([dy], [y]) => [
      () => ops.executeSingleOutput("ReluGrad", [floats("T")], [dy!, y!]),
    ],
  });
  return y as T;
}
