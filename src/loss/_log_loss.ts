import * as tf from "@tensorflow/tfjs-core";
import * as z from "zod";

/** The option that keeps probabilities away from 0 and 1. */
export function leastProbabilityOption(): z.ZodDefault<z.ZodNumber> {
  return z.number().min(0).max(0.1).default(0).describe(
    "probabilities are clamped to at least this and at most 1 less this; 0 leaves them",
  );
}

/** What it costs to be told the truth, `-log` of its probability. */
export interface LogLoss {
  /** `-log p`, if the voxel is cleft. */
  readonly cleft: tf.Tensor;
  /** `-log(1 - p)`, if it is not. */
  readonly rest: tf.Tensor;
}

/**
 * Both costs of each logit, `log(1 + exp(±z))`, which no logit makes overflow;
 * where the probability is clamped the gradient is 0. Call it inside a `tf.tidy`.
 */
export function logLoss(logits: tf.Tensor, leastProbability: number): LogLoss {
  const most = Math.log((1 - leastProbability) / leastProbability);
  const z = leastProbability ? tf.clipByValue(logits, -most, most) : logits;
  return { cleft: tf.softplus(tf.neg(z)), rest: tf.softplus(z) };
}
