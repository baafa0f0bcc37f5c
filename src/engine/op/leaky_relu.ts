import * as tf from "@tensorflow/tfjs-core";
import { floats, operations, real } from "./_operations.ts";
import { withGradient } from "./_with_gradient.ts";

/**
 * Each number above 0, and a share of each one below (Maas et al. 2013). Its
 * gradient asks the result rather than the input which is which, so that
 * nothing besides the result has to be kept.
 *
 * @param slope The share, above 0.
 */
export function leakyRelu<T extends tf.Tensor>(x: T, slope: number): T {
  const ops = operations();
  const attributes = [floats("T"), real("alpha", slope)];
  const [y] = withGradient([x], {
    forward: (save) => {
      const y = ops
        ? ops.executeSingleOutput("LeakyRelu", attributes, [x])
        : tf.leakyRelu(x, slope);
      save([y]);
      return [y];
    },
    backward: (
      [dy],
      [y],
    ) => [
      () =>
        ops
          ? ops.executeSingleOutput("LeakyReluGrad", attributes, [dy!, y!])
          : tf.mul(dy!, tf.step(y!, slope)),
    ],
  });
  return y as T;
}
