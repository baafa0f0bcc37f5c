import * as tf from "@tensorflow/tfjs-core";
import type { LossInput } from "./_loss.ts";
import { labelled, smoothRatio } from "./_overlap.ts";
import type { Over } from "./_over.ts";

/** What a soft Dice is made of. */
export interface DiceOptions {
  /** What one sum goes over. */
  readonly over: Over;
  /** Added to both counts. */
  readonly smoothVox: number;
  /** Whether each voxel counts by its weight, in every sum (L10). */
  readonly useWeights?: boolean;
}

/**
 * `1 - (2Σwpt + s) / (Σwp + Σwt + s)` over the labelled voxels (L2), `[]` or by
 * sample `[N]`. Call it inside a `tf.tidy`.
 */
export function softDice(
  input: LossInput,
  { over, smoothVox, useWeights }: DiceOptions,
): tf.Tensor {
  const { p, t, sum } = labelled(input, over);
  const count = (x: tf.Tensor) => sum(useWeights ? tf.mul(x, input.weight) : x); // [] or [N]
  const overlap = tf.mul(2, count(tf.mul(p, t)));
  const total = tf.add(count(p), count(t));
  return tf.sub(1, smoothRatio(overlap, total, smoothVox));
}
