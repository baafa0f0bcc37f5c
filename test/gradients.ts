import * as tf from "@tensorflow/tfjs-core";
import { gradients } from "@/engine/mod.ts";
import { openRng } from "@/core/mod.ts";

/** How strict {@linkcode checkGradients} is. */
export interface GradientCheck {
  /** Largest error, relative to the size of the change; 1e-3 by default. */
  readonly tolerance?: number;
  /** Length of the step in each input, relative to its values; 0.01 by default. */
  readonly step?: number;
}

/**
 * Fails unless the gradient of `f` agrees with finite differences.
 *
 * The output is weighted by fixed random numbers, summed in 64 bits, and
 * differentiated along random directions in each input: central differences of
 * two step lengths, extrapolated (Richardson), against the gradient's product
 * with the direction. Where they differ, a shorter and a longer step have a say:
 * too long a step meets curvature, too short a one the last bits, and a gradient
 * that is wrong agrees with none. Inputs should be well scaled, and away from
 * kinks.
 */
export function checkGradients(
  f: (...inputs: never[]) => tf.Tensor,
  inputs: readonly tf.Tensor[],
  { tolerance = 1e-3, step = 0.01 }: GradientCheck = {},
): void {
  const compute = f as (...inputs: tf.Tensor[]) => tf.Tensor;
  const rng = openRng(11);
  const normal = (n: number) =>
    Float32Array.from({ length: n }, () => rng.normal());
  const output = tf.tidy(() => compute(...inputs));
  const { shape } = output;
  const weights = normal(output.size);
  output.dispose();
  const weighting = tf.tensor(weights, shape);
  const { value, grads } = gradients(
    (tensors) => tf.sum(tf.mul(compute(...tensors), weighting)) as tf.Scalar,
    inputs,
  );
  tf.dispose([value, weighting]);
  const weighted = (changed: readonly tf.Tensor[]) => {
    const values = tf.tidy(() => compute(...changed).dataSync());
    return weights.reduce((sum, weight, i) => sum + weight * values[i]!, 0);
  };
  inputs.forEach((input, k) => {
    const x = input.dataSync(), gradient = grads[k]!.dataSync();
    for (let trial = 0; trial < 3; trial++) {
      const direction = normal(x.length);
      const at = (distance: number) => {
        const moved = tf.tensor(
          Float32Array.from(x, (v, i) => v + distance * direction[i]!),
          input.shape,
        );
        const result = weighted(inputs.map((t, i) => i === k ? moved : t));
        moved.dispose();
        return result;
      };
      const slope = (h: number) => (at(h) - at(-h)) / (2 * h);
      let derived = 0, size = 0;
      for (let i = 0; i < x.length; i++) {
        derived += gradient[i]! * direction[i]!;
        size += gradient[i]! ** 2;
      }
      const scale = Math.max(Math.sqrt(size), 1e-6);
      const measured: number[] = [];
      const agrees = [step, step / 4, step * 4].some((h) => {
        const found = (4 * slope(h) - slope(2 * h)) / 3;
        measured.push(found);
        return Math.abs(found - derived) <= tolerance * scale;
      });
      if (agrees) continue;
      throw new Error(
        `Gradient of input ${k}, direction ${trial}: finite differences give` +
          ` ${
            measured.join(", ")
          }, the gradient ${derived} (its length is ${scale})`,
      );
    }
  });
  tf.dispose(grads);
}
