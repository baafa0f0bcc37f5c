import * as tf from "@tensorflow/tfjs-core";
import type { PureFunction } from "./types.ts";

/**
 * Runs a pure function operation by operation. What it makes on the way is
 * disposed; what it gives is new, even where it gives an input back, or one
 * tensor twice.
 */
export function runEagerly(
  f: PureFunction,
  inputs: readonly tf.Tensor[],
): tf.Tensor[] {
  return tf.tidy(() => {
    const taken = new Set<tf.Tensor>(inputs);
    return f(inputs).map((result) => {
      if (taken.has(result)) return tf.clone(result);
      taken.add(result);
      return result;
    });
  });
}
