import * as tf from "@tensorflow/tfjs-core";
import { inPart, partNow } from "../part.ts";

/** A computation with a gradient of its own. */
export interface WithGradient {
  /** Computes the results; what the gradient needs goes to `save`. */
  forward(save: (tensors: tf.Tensor[]) => void): tf.Tensor[];
  /**
   * How to compute the gradient with respect to each input, in their order,
   * given that of each result and what was saved. Those that nobody needs are
   * not computed.
   */
  backward(dys: tf.Tensor[], saved: tf.Tensor[]): (() => tf.Tensor)[];
}

/** tfjs's tape takes an operation with several results, but only privately. */
interface Tape {
  runKernelFunc(operation: {
    inputs: Record<string, tf.Tensor>;
    forwardFunc(
      backend: unknown,
      save: (tensors: tf.Tensor[]) => void,
    ): tf.Tensor[];
    backwardsFunc(
      dys: tf.Tensor | tf.Tensor[],
      saved: tf.Tensor[],
    ): Record<string, () => tf.Tensor>;
  }): tf.Tensor[];
}

/**
 * Runs a computation whose gradient is stated rather than derived; like
 * `tf.customGrad`, but with several results.
 */
export function withGradient(
  inputs: readonly tf.Tensor[],
  { forward, backward }: WithGradient,
): tf.Tensor[] {
  const tape = tf.engine() as unknown as Tape;
  const part = partNow();
  const inGradient = <T>(compute: () => T) =>
    inPart(part ? `the gradient of ${part}` : partNow(), compute);
  return tape.runKernelFunc({
    inputs: Object.fromEntries(inputs.map((input, i) => [`${i}`, input])),
    forwardFunc: (_backend, save) => forward(save),
    backwardsFunc: (dys, saved) => {
      const given = Array.isArray(dys) ? dys : [dys];
      const gradients = inGradient(() => backward(given, saved));
      if (gradients.length !== inputs.length) {
        throw new TypeError(
          `Cannot differentiate: ${gradients.length} gradients for` +
            ` ${inputs.length} inputs`,
        );
      }
      return Object.fromEntries(
        gradients.map((g, i) => [`${i}`, () => inGradient(g)]),
      );
    },
  });
}

/**
 * Gradients that come out of one computation, for
 * {@linkcode WithGradient.backward}. It runs at once: tfjs asks for each
 * gradient in a scope of its own, at whose end the others would be gone.
 */
export function together(compute: () => tf.Tensor[]): (() => tf.Tensor)[] {
  return compute().map((gradient) => () => gradient);
}
