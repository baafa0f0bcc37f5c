import * as tf from "@tensorflow/tfjs-core";
import { operations } from "./_operations.ts";
import { together, withGradient } from "./_with_gradient.ts";

/** A part of a network: an image and weights in, an image out. */
export type Part = (
  x: tf.Tensor5D,
  ...weights: tf.Tensor[]
) => tf.Tensor5D | [tf.Tensor5D, ...tf.Tensor[]];

/**
 * The same part, but for its memory (Chen et al. 2016): nothing inside it is
 * kept for the backward pass, which computes it again from its inputs. Same
 * results and same gradients.
 *
 * A part may give more tensors after the image, such as statistics; they come
 * out, and no gradient flows through them. It may use no tensor besides its
 * arguments, of which some, such as a seed, may have no influence on the image.
 */
export function recompute<F extends Part>(part: F): F {
  const run = (...inputs: [tf.Tensor5D, ...tf.Tensor[]]) => {
    let isOne = false;
    const results = withGradient(inputs, {
      forward: (save) => {
        save(inputs);
        const results = part(...inputs);
        isOne = !Array.isArray(results);
        return Array.isArray(results) ? results : [results];
      },
      backward: ([dy], saved) =>
        together(() => {
          const [x, ...weights] = saved as [tf.Tensor5D, ...tf.Tensor[]];
          const image = (...inputs: tf.Tensor[]) => {
            const results = part(...inputs as [tf.Tensor5D, ...tf.Tensor[]]);
            return Array.isArray(results) ? results[0] : results;
          };
          const inputs = [notBefore(x, dy!), ...weights];
          const { grads } = onOwnTape(() =>
            tf.engine().gradients(() => image(...inputs), inputs, dy)
          );
          return inputs.map((input, i) => grads[i] ?? tf.zeros(input.shape));
        }),
    });
    return isOne ? results[0] : results;
  };
  return run as F;
}

/**
 * A copy of `x` that exists only once `after` does. Without it, the library
 * would find the second computation equal to the first, and keep the first.
 */
function notBefore<T extends tf.Tensor>(x: T, after: tf.Tensor): T {
  const ops = operations();
  if (!ops) return tf.clone(x);
  const [id, afterId] = ops.getInputTensorIds([x, after]);
  return ops.createOutputTensor(ops.binding.barrier(id!, afterId!)) as T;
}

/** Runs a nested derivation; tfjs would drop the tape of the one around it. */
function onOwnTape<T>(derive: () => T): T {
  const state = (tf.engine() as unknown as { state: { activeTape: unknown } })
    .state;
  const outer = state.activeTape;
  try {
    return derive();
  } finally {
    state.activeTape = outer;
  }
}
