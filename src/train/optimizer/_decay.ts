import * as tf from "@tensorflow/tfjs-core";
import type * as z from "zod";
import { flag } from "@/core/mod.ts";
import type { OptimizerStep } from "./_optimizer.ts";

/** The option that spares biases and normalisations, which decay does no good. */
export function kernelsOnlyOption(): z.ZodDefault<z.ZodBoolean> {
  return flag(
    false,
    "decays kernels alone, not biases nor the weights of normalisations",
  );
}

/** The weights with 0 in place of those that do not decay, `[P]`. */
export function decaying(
  { weights, isKernel }: Pick<OptimizerStep, "weights" | "isKernel">,
  kernelsOnly: boolean,
): tf.Tensor1D {
  return kernelsOnly ? tf.mul(weights, isKernel()) : weights;
}
