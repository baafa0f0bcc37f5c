import * as tf from "@tensorflow/tfjs-core";
import * as z from "zod";

const options = z.strictObject({
  value: z.number().positive().optional()
    .describe("largest absolute value of one number"),
  norm: z.number().positive().optional()
    .describe("largest Euclidean length of all numbers together"),
});

/** Bounds that gradients are kept within. */
export type Clip = Readonly<z.output<typeof options>>;

/** The same as an experiment file has it. */
export const clipOptions: z.ZodType<Clip> = options;

/**
 * Keeps a gradient `[P]` within bounds: number by number first, then as a whole,
 * as torch's `clip_grad_value_` and `clip_grad_norm_` do.
 */
export function clipGradient(
  gradient: tf.Tensor1D,
  { value, norm }: Clip,
): tf.Tensor1D {
  const cut = value === undefined
    ? gradient
    : tf.clipByValue(gradient, -value, value);
  if (norm === undefined) return cut;
  const factor = tf.div(norm, tf.add(normOf(cut), 1e-6));
  return tf.mul(cut, tf.minimum(factor, 1));
}

/** The Euclidean length of a vector. */
export function normOf(vector: tf.Tensor1D): tf.Scalar {
  return tf.sqrt(tf.sum(tf.square(vector)));
}
