import * as tf from "@tensorflow/tfjs-core";
import { type Batch, openRng } from "@/core/mod.ts";
import type { Engine } from "@/engine/mod.ts";
import { factorAt, type LossTerm } from "@/loss/mod.ts";
import { seedAt } from "@/model/mod.ts";
import { TrainState } from "./state.ts";
import { gatherStep, type StepParts, trainStep } from "./step.ts";

/** What decides a step besides its state and batches. */
export interface StepInputs {
  /** Its number, from 1. */
  readonly step: number;
  /** Steps in all. */
  readonly totalSteps: number;
  /** The rate. */
  readonly learningRate: number;
  /** The factors of the loss's terms. */
  readonly factors: readonly number[];
}

/** What a step came to. */
export interface Update {
  /** The state after it; the caller's. */
  readonly next: TrainState;
  /** The losses of each of its batches, total first. */
  readonly losses: readonly (readonly number[])[];
  /** The gradient's Euclidean length before it was clipped, if it is told. */
  readonly gradientNorm: number | null;
}

/** Computes steps; disposing it frees what was compiled. */
export interface Updater extends Disposable {
  /** Makes a step of a state, which stays the caller's, by as many batches as accumulate. */
  update(
    state: TrainState,
    batches: readonly Batch[],
    inputs: StepInputs,
  ): Promise<Update>;
}

/** Compiles the step of a training; `seed` decides what layers draw. */
export function openUpdater(
  engine: Engine,
  parts: StepParts,
  seed: number,
): Updater {
  const { optimizer, averaging } = parts;
  const slotCount = optimizer.slotNames.length;
  const run = engine.compile("train_step", trainStep(parts));
  const gather = engine.compile("gather_step", gatherStep(parts));

  /** The sum of the gradients of all batches but the last, and the buffers after them. */
  function gatherAll(
    state: TrainState,
    inputsOf: readonly (() => tf.Tensor[])[],
  ) {
    let sum = tf.zerosLike(state.weights), buffers = tf.clone(state.buffers);
    const losses: tf.Tensor[] = [];
    for (const inputs of inputsOf.slice(0, -1)) {
      const batch = inputs();
      const [nextSum, nextBuffers, ofBatch] = gather(
        [state.weights, buffers, sum, ...batch],
      ) as tf.Tensor1D[];
      tf.dispose([sum, buffers, ...batch]);
      [sum, buffers] = [nextSum!, nextBuffers!];
      losses.push(ofBatch!);
    }
    return { sum, buffers, losses };
  }

  return {
    async update(state, batches, { step, totalSteps, learningRate, factors }) {
      const inputsOf = batches.map((batch, i) => () =>
        uploadBatch(batch, factors, stepSeed(seed, step, i))
      );
      const gathered = batches.length > 1 ? gatherAll(state, inputsOf) : null;
      const share = averaging?.share(step, totalSteps);
      const scalars = [
        ...[learningRate, ...optimizer.scalars(step)],
        ...(share === undefined ? [] : [1 - share, share]),
      ].map((value) => tf.scalar(value));
      const batch = inputsOf.at(-1)!();
      const outputs = run([
        state.weights,
        gathered?.buffers ?? state.buffers,
        ...state.slots,
        ...(state.mean ? [state.mean.weights, state.mean.buffers] : []),
        ...(gathered ? [gathered.sum] : []),
        ...batch,
        ...scalars,
      ]) as tf.Tensor1D[];
      tf.dispose([...batch, ...scalars]);
      if (gathered) tf.dispose([gathered.sum, gathered.buffers]);

      const [weights, buffers] = outputs;
      const slots = outputs.slice(2, 2 + slotCount);
      const [meanWeights, meanBuffers] = outputs.slice(2 + slotCount);
      const next = new TrainState(step, {
        weights: weights!,
        buffers: buffers!,
        slots,
        mean: averaging
          ? { weights: meanWeights!, buffers: meanBuffers! }
          : null,
      });
      const told = outputs.slice(2 + slotCount + (averaging ? 2 : 0));
      const ofBatches = [...gathered?.losses ?? [], told[0]!];
      const losses: number[][] = [];
      for (const tensor of ofBatches) losses.push([...await tensor.data()]);
      const [gradientNorm] = told[1] ? await told[1].data() : [null];
      tf.dispose([...ofBatches, ...told.slice(1)]);
      return { next, losses, gradientNorm: gradientNorm! };
    },
    [Symbol.dispose]() {
      run[Symbol.dispose]();
      gather[Symbol.dispose]();
    },
  };
}

/** The factors of the loss's terms at a step (from 1) of `total` steps. */
export function factorsAt(
  terms: readonly LossTerm[],
  step: number,
  total: number,
): readonly number[] {
  const done = total > 1 ? (step - 1) / (total - 1) : 0;
  return terms.map((term) => factorAt(term, done));
}

/** The seed of what layers draw for a batch of a step; batches count from 0. */
export function stepSeed(
  seed: number,
  step: number,
  batch: number,
): Int32Array {
  const rng = openRng(seed).at("step", step);
  return seedAt(batch === 0 ? rng : rng.at("batch", batch));
}

/** A batch with the terms' factors and a seed, as inputs of a step. */
export function uploadBatch(
  batch: Batch,
  factors: readonly number[],
  seed: Int32Array,
): tf.Tensor[] {
  const [n, d, h, w] = batch.shape;
  return [
    tf.tensor(batch.image, [n, d, h, w, 1]),
    ...[batch.target, batch.mask, batch.weight]
      .map((values) => tf.tensor(values, [n, d, h, w, batch.heads])),
    ...batch.distanceNm ? [tf.tensor(batch.distanceNm, [n, d, h, w, 1])] : [],
    tf.tensor1d([...factors]),
    tf.tensor1d(seed, "int32"),
  ];
}
