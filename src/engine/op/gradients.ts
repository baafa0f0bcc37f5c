import * as tf from "@tensorflow/tfjs-core";
import { inPart, partNow } from "../part.ts";

/** A value and how it changes with each input. */
export interface Gradients {
  /** What the function gave. */
  readonly value: tf.Scalar;
  /** Its gradient with respect to each input, in their order and shapes. */
  readonly grads: tf.Tensor[];
}

/**
 * Computes a function of tensors and its gradient by reverse differentiation.
 * The caller owns the results.
 *
 * @throws {Error} If the value does not depend on one of the inputs.
 */
export function gradients(
  f: (inputs: tf.Tensor[]) => tf.Scalar,
  inputs: readonly tf.Tensor[],
): Gradients {
  const part = partNow();
  const derive = tf.valueAndGrads((...tensors: tf.Tensor[]) =>
    inPart(part, () => f(tensors))
  );
  return inPart("the gradient", () => derive([...inputs]));
}
