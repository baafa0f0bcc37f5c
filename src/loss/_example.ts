import * as tf from "@tensorflow/tfjs-core";
import { type Component, defaultOptions } from "@/core/mod.ts";
import type { Loss, LossInput } from "./_loss.ts";

/** A loss with some options, and the defaults of the others. */
export function lossOf(
  component: Component<Loss>,
  options: Readonly<Record<string, unknown>> = {},
): Loss {
  return component.create({ ...defaultOptions(component), ...options });
}

/** The logit of a probability. */
const logit = (p: number) => Math.log(p / (1 - p));

/**
 * Two samples of four voxels with probabilities, labels and weights that the
 * losses' hand-worked values are given for.
 */
export function exampleInput(): LossInput {
  const shape: [number, number, number, number, number] = [2, 1, 2, 2, 1];
  const p = [.9, .2, .6, .1, .3, .8, .5, .4];
  return {
    logits: tf.tensor5d(p.map(logit), shape),
    target: tf.tensor5d([1, 0, 1, 0, 0, 1, 1, 0], shape),
    weight: tf.tensor5d([3, 1, 3, 1, 1, 2, 2, 1], shape),
    mask: tf.ones(shape),
  };
}

/** Eight voxels without a label in them, each with probability 0.1. */
export function emptyInput(): LossInput {
  const shape: [number, number, number, number, number] = [1, 1, 2, 4, 1];
  return {
    logits: tf.fill(shape, logit(.1)),
    target: tf.zeros(shape),
    weight: tf.ones(shape),
    mask: tf.ones(shape),
  };
}
