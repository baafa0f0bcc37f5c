import * as tf from "@tensorflow/tfjs-core";
import { type Batch, openRng } from "@/core/mod.ts";
import type { Engine } from "@/engine/mod.ts";
import { factorAt, type LossTerm } from "@/loss/mod.ts";
import { seedAt } from "@/model/mod.ts";
import { sampleInputs } from "./batch_loss.ts";
import { go, guardStep } from "./guard.ts";
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

/** What a step says. */
export interface Told {
  /** The losses of each of its batches, total first. */
  readonly losses: readonly (readonly number[])[];
  /** The gradient's Euclidean length before it was clipped, if it is told. */
  readonly gradientNorm: number | null;
  /** Whether the loss and the gradient are finite. */
  readonly isSound: boolean;
  /**
   * Whether the state followed. If not, it is as it was before the step, and
   * stays so through the steps that were begun meanwhile.
   */
  readonly isKept: boolean;
}

/** A step that was begun. */
export interface Update {
  /** The state after it, perhaps still being computed; the caller's. */
  readonly next: TrainState;
  /** What it says, once it is computed. */
  readonly told: Promise<Told>;
}

/** Computes steps; disposing it frees what was compiled. */
export interface Updater extends Disposable {
  /** How many steps can be under way besides the one whose losses are awaited. */
  readonly stepsAhead: number;
  /**
   * Begins a step of a state, which it takes over, by as many batches as
   * accumulate. A step that is not sound leaves the state as it was, unless it
   * is `forced`.
   */
  update(
    state: TrainState,
    batches: readonly Batch[],
    inputs: StepInputs & { readonly forced?: boolean },
  ): Promise<Update>;
  /** Lets steps change the state again, after one that was not kept. */
  goOn(): void;
}

/** Compiles the step of a training; `seed` decides what layers draw. */
export function openUpdater(
  engine: Engine,
  parts: StepParts,
  seed: number,
): Updater {
  const step = engine.runsAhead
    ? guardedStep(engine, parts)
    : plainStep(engine, parts);
  const gather = engine.compile("gather_step", gatherStep(parts), {
    splits: sampleInputs(parts, 3),
  });

  /** The sum of the gradients of all batches but the last, and the buffers after them. */
  async function gatherAll(
    state: TrainState,
    inputsOf: readonly (() => tf.Tensor[])[],
  ): Promise<Gathered> {
    let sum = tf.zerosLike(state.weights), buffers = tf.clone(state.buffers);
    const losses: tf.Tensor1D[] = [];
    for (const inputs of inputsOf.slice(0, -1)) {
      const batch = inputs();
      const all = [state.weights, buffers, sum, ...batch];
      await gather.prepare(all);
      const [nextSum, nextBuffers, ofBatch] = gather(all) as tf.Tensor1D[];
      tf.dispose([sum, buffers, ...batch]);
      [sum, buffers] = [nextSum!, nextBuffers!];
      losses.push(ofBatch!);
    }
    return { sum, buffers, losses };
  }

  return {
    stepsAhead: engine.runsAhead ? 1 : 0,
    async update(state, batches, inputs) {
      const inputsOf = batches.map((batch, i) => () =>
        uploadBatch(batch, inputs.factors, stepSeed(seed, inputs.step, i))
      );
      const gathered = batches.length > 1
        ? await gatherAll(state, inputsOf)
        : null;
      const rest = [
        ...inputsOf.at(-1)!(),
        ...uploadScalars(parts, inputs),
      ];
      try {
        return await step.run(state, { rest, gathered, inputs });
      } finally {
        tf.dispose(rest);
        if (gathered) {
          tf.dispose([gathered.sum, gathered.buffers, ...gathered.losses]);
        }
      }
    },
    goOn: () => step.goOn(),
    [Symbol.dispose]() {
      step[Symbol.dispose]();
      gather[Symbol.dispose]();
    },
  };
}

/** What came of all batches but the last. */
interface Gathered {
  readonly sum: tf.Tensor;
  readonly buffers: tf.Tensor1D;
  readonly losses: readonly tf.Tensor1D[];
}

/** The last part of a step: that which changes the state. */
interface Step extends Disposable {
  run(state: TrainState, given: {
    /** What the step takes besides the state. */
    readonly rest: readonly tf.Tensor[];
    readonly gathered: Gathered | null;
    readonly inputs: StepInputs & { readonly forced?: boolean };
  }): Promise<Update>;
  goOn(): void;
}

/** The step as it is: its losses are read before its state is taken. */
function plainStep(engine: Engine, parts: StepParts): Step {
  const run = engine.compile("train_step", trainStep(parts), {
    splits: sampleInputs(parts, batchStartOf(parts)),
  });
  return {
    async run(state, { rest, gathered, inputs: { step, forced = false } }) {
      const all = [...tensorsOf(state, gathered), ...rest];
      await run.prepare(all);
      const outputs = run(all) as tf.Tensor1D[];
      const next = stateOf(outputs, step, parts);
      const told = outputs.slice(stateCountOf(parts));
      const losses: number[][] = [];
      for (const tensor of [...gathered?.losses ?? [], told[0]!]) {
        losses.push([...await tensor.data()]);
      }
      const [gradientNorm = null] = told[1] ? await told[1].data() : [];
      tf.dispose(told);
      const isSound = isFiniteStep(losses, gradientNorm);
      const isKept = isSound || forced;
      (isKept ? state : next)[Symbol.dispose]();
      return {
        next: isKept ? next : new TrainState(step, state),
        told: Promise.resolve({ losses, gradientNorm, isSound, isKept }),
      };
    },
    goOn() {},
    [Symbol.dispose]: () => run[Symbol.dispose](),
  };
}

/** The step that guards its state, and takes the memory of the one before. */
function guardedStep(engine: Engine, parts: StepParts): Step {
  const { tellsNorm = false } = parts;
  const stateCount = stateCountOf(parts), first = 3;
  const guarded = guardStep(trainStep(parts), { stateCount, tellsNorm });
  const takes = Array.from({ length: stateCount }, (_, i) => first + i);
  const splits = sampleInputs(parts, first + batchStartOf(parts));
  const run = engine.compile("train_step", guarded, { takes, splits });
  let may: tf.Tensor | null = null;
  return {
    async run(state, { rest, gathered, inputs: { step, forced = false } }) {
      const isGoing = !forced && may !== null;
      const before = isGoing
        ? may!
        : tf.scalar(forced ? go.always : go.ifSound);
      const earlier = gathered?.losses ?? [];
      const total = tf.tidy(() =>
        earlier.reduce<tf.Tensor>(
          (sum, losses) => tf.add(sum, tf.slice(losses, [0], [1])),
          tf.zeros([1]),
        )
      );
      const buffers = tf.clone(state.buffers);
      const all = [
        ...[before, total, buffers],
        ...[...tensorsOf(state, gathered), ...rest],
      ];
      await run.prepare(all);
      const outputs = run(all);
      tf.dispose([before, total, buffers]);
      state[Symbol.dispose](); // but for buffers, all of it was taken
      if (!isGoing) may?.dispose();
      may = outputs[stateCount]!;
      const told = outputs[stateCount + 1]!;
      const reading = Promise.all([...earlier, told].map((t) => t.data()));
      told.dispose();
      const next = stateOf(outputs as tf.Tensor1D[], step, parts);
      return {
        next,
        told: reading.then((found) => readTold(found, tellsNorm)),
      };
    },
    goOn() {
      may?.dispose();
      may = null;
    },
    [Symbol.dispose]() {
      may?.dispose();
      run[Symbol.dispose]();
    },
  };
}

/** What a guarded step says, after the losses of the batches before its own. */
function readTold(
  found: readonly ArrayLike<number>[],
  tellsNorm: boolean,
): Told {
  const [kept, ...numbers] = Array.from(found.at(-1)!);
  const gradientNorm = tellsNorm ? numbers.pop()! : null;
  const losses = [
    ...found.slice(0, -1).map((ofBatch) => Array.from(ofBatch)),
    numbers,
  ];
  const isKept = kept === 1;
  const isSound = isKept && isFiniteStep(losses, gradientNorm);
  return { losses, gradientNorm, isSound, isKept };
}

function isFiniteStep(
  losses: readonly (readonly number[])[],
  gradientNorm: number | null,
): boolean {
  return Number.isFinite(meanLosses(losses)[0]) &&
    Number.isFinite(gradientNorm ?? 0);
}

/** The mean over the batches of a step. */
export function meanLosses(
  losses: readonly (readonly number[])[],
): readonly number[] {
  return losses[0]!.map((_, i) =>
    losses.reduce((sum, ofBatch) => sum + ofBatch[i]!, 0) / losses.length
  );
}

/** How many tensors a state consists of. */
function stateCountOf({ optimizer, averaging }: StepParts): number {
  return 2 + optimizer.slotNames.length + (averaging ? 2 : 0);
}

/** The first input of a step that is the batch's. */
function batchStartOf(parts: StepParts): number {
  return stateCountOf(parts) + ((parts.accumulate ?? 1) > 1 ? 1 : 0);
}

/** A state as the first inputs of a step, and what was gathered for it. */
function tensorsOf(
  { weights, buffers, slots, mean }: TrainState,
  gathered: Gathered | null,
): tf.Tensor[] {
  return [
    ...[weights, gathered?.buffers ?? buffers, ...slots],
    ...(mean ? [mean.weights, mean.buffers] : []),
    ...(gathered ? [gathered.sum] : []),
  ];
}

/** The first outputs of a step as a state. */
function stateOf(
  outputs: readonly tf.Tensor1D[],
  step: number,
  { optimizer, averaging }: StepParts,
): TrainState {
  const [weights, buffers, ...others] = outputs;
  const slots = others.slice(0, optimizer.slotNames.length);
  const [meanWeights, meanBuffers] = others.slice(slots.length);
  return new TrainState(step, {
    weights: weights!,
    buffers: buffers!,
    slots,
    mean: averaging ? { weights: meanWeights!, buffers: meanBuffers! } : null,
  });
}

/** The numbers of a step, as its last inputs. */
function uploadScalars(
  { optimizer, averaging }: StepParts,
  { step, totalSteps, learningRate }: StepInputs,
): tf.Scalar[] {
  const share = averaging?.share(step, totalSteps);
  return [
    ...[learningRate, ...optimizer.scalars(step)],
    ...(share === undefined ? [] : [1 - share, share]),
  ].map((value) => tf.scalar(value));
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
  const perHead: tf.ShapeMap["R5"] = [n, d, h, w, batch.heads];
  return [
    tf.tensor(batch.image, [n, d, h, w, 1]),
    ...[batch.target, batch.mask, batch.weight].map((values) =>
      values instanceof Uint8Array
        ? tf.tensor(values, perHead, "bool") // a byte each
        : tf.tensor(values, perHead)
    ),
    ...batch.distanceNm ? [tf.tensor(batch.distanceNm, [n, d, h, w, 1])] : [],
    tf.tensor1d([...factors]),
    tf.tensor1d(seed, "int32"),
  ];
}
