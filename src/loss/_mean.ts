import * as tf from "@tensorflow/tfjs-core";
import type { LossInput } from "./_loss.ts";
import { axesOf, type Over } from "./_over.ts";

/** How {@linkcode meanOverLabelled} takes its mean. */
export interface MeanOptions {
  /** All voxels at once, or those of each sample and then the samples. */
  readonly over: Over;
  /** Whether to multiply each voxel by its weight. */
  readonly useWeights: boolean;
}

/**
 * The mean over the labelled voxels of what each of them adds to a loss,
 * `[N, D, H, W, 1]`; divided by their number and not by the sum of the weights,
 * 0 where nothing is labelled. Call it inside a `tf.tidy`.
 */
export function meanOverLabelled(
  each: tf.Tensor,
  { mask, weight }: LossInput,
  { over, useWeights }: MeanOptions,
): tf.Scalar {
  const axes = [...axesOf(over)];
  const factor = useWeights ? tf.mul(mask, weight) : mask;
  const labelled = tf.maximum(tf.sum(mask, axes), 1); // [] or [N]
  return tf.mean(tf.div(tf.sum(tf.mul(each, factor), axes), labelled));
}
