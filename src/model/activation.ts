import * as tf from "@tensorflow/tfjs-core";
import type * as z from "zod";
import { choice } from "@/core/mod.ts";
import { gelu, leakyRelu, relu, swish } from "@/engine/mod.ts";

/** Maps each feature by itself. */
export type Activation = (x: tf.Tensor5D) => tf.Tensor5D;

const functions = {
  relu: (x: tf.Tensor5D) => relu(x),
  elu: (x: tf.Tensor5D) => tf.elu(x),
  leakyRelu: (x: tf.Tensor5D) => leakyRelu(x, 0.01),
  gelu: (x: tf.Tensor5D) => gelu(x),
  swish: (x: tf.Tensor5D) => swish(x),
} satisfies Record<string, Activation>;

/** The name of an activation. */
export type ActivationName = keyof typeof functions;

/** The names an experiment can use. */
export const activationNames: readonly ActivationName[] = Object.keys(
  functions,
) as ActivationName[];

/** The option that names an activation. */
export function activationOption(
  byDefault: ActivationName,
): z.ZodDefault<z.ZodEnum<{ [Name in ActivationName]: Name }>> {
  return choice(
    activationNames as [ActivationName, ...ActivationName[]],
    byDefault,
    "the nonlinearity after each normalisation",
  );
}

/** The function a name stands for; its result is the caller's. */
export function activation(name: ActivationName): Activation {
  return functions[name];
}
