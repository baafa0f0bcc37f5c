import * as tf from "@tensorflow/tfjs-core";
import { type Batch, openRng } from "@/core/mod.ts";
import { factorAt, type LossTerm } from "@/loss/mod.ts";
import { seedAt } from "@/model/mod.ts";
import type { StepParts } from "./parts.ts";
import type { BatchTensors, StepScalars } from "./step_form.ts";

/** What decides a step besides its state and batches. */
export interface StepNumbers {
  /** Its number, from 1. */
  readonly step: number;
  /** Steps in all. */
  readonly totalSteps: number;
  /** The rate. */
  readonly learningRate: number;
  /** The factors of the loss's terms. */
  readonly factors: readonly number[];
}

/** The factors of the loss's terms at a step. */
export function factorsAt(
  terms: readonly LossTerm[],
  { step, totalSteps }: Pick<StepNumbers, "step" | "totalSteps">,
): readonly number[] {
  const done = totalSteps > 1 ? (step - 1) / (totalSteps - 1) : 0;
  return terms.map((term) => factorAt(term, done));
}

/** The seed of what layers draw for a batch of a step; batches count from 0. */
export function stepSeed(
  seed: number,
  { step, batch }: { readonly step: number; readonly batch: number },
): Int32Array {
  const rng = openRng(seed).at("step", step);
  return seedAt(batch === 0 ? rng : rng.at("batch", batch));
}

/** A batch with the factors of the loss's terms and the seed of what layers draw. */
export function uploadBatch(
  batch: Batch,
  { factors, seed }: {
    readonly factors: readonly number[];
    readonly seed: Int32Array;
  },
): BatchTensors {
  const [n, d, h, w] = batch.shape;
  const ofHeads = (values: Float32Array | Uint8Array, count = batch.heads) => {
    const shape: tf.ShapeMap["R5"] = [n, d, h, w, count];
    return values instanceof Uint8Array
      ? tf.tensor<tf.Rank.R5>(values, shape, "bool") // a byte each
      : tf.tensor<tf.Rank.R5>(values, shape);
  };
  const perVoxel = (values: Float32Array) =>
    tf.tensor<tf.Rank.R5>(values, [n, d, h, w, 1]);
  return {
    samples: {
      image: perVoxel(batch.image),
      target: ofHeads(batch.target, batch.channels),
      mask: ofHeads(batch.mask),
      weight: ofHeads(batch.weight),
      distanceNm: batch.distanceNm ? perVoxel(batch.distanceNm) : null,
    },
    factors: tf.tensor1d([...factors]),
    seed: tf.tensor1d(seed, "int32"),
  };
}

/** The numbers of a step. */
export function uploadScalars(
  { optimizer, averaging }: Pick<StepParts, "optimizer" | "averaging">,
  { step, totalSteps, learningRate }: Omit<StepNumbers, "factors">,
): StepScalars {
  const share = averaging?.share(step, totalSteps);
  return {
    learningRate: tf.scalar(learningRate),
    ofOptimizer: optimizer.scalars(step).map((value) => tf.scalar(value)),
    shares: share === undefined
      ? null
      : { kept: tf.scalar(1 - share), added: tf.scalar(share) },
  };
}
