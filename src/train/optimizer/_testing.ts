import * as tf from "@tensorflow/tfjs-core";
import { readFixture } from "@test/fixtures.ts";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import type { Optimizer } from "./_optimizer.ts";
import { optimizers } from "./mod.ts";

/** A case of test/fixtures/train/optimizers.jsonl. */
interface TorchCase {
  readonly type: string;
  readonly options: Record<string, unknown>;
  readonly weights: readonly number[];
}

/** What an optimizer follows. */
export interface Course {
  /** The weights before; the last two are a bias. */
  readonly weights: readonly number[];
  /** The gradient of each step. */
  readonly gradients: readonly (readonly number[])[];
  /** The rate of each step. */
  readonly rates: readonly number[];
}

// As in test/fixtures/train/make.py: four numbers of a kernel, two of a bias.
const torchs: Course = {
  weights: [1, -2, .5, .03, -.7, .2],
  gradients: [
    [.1, -.2, .3, 0, .4, -.1],
    [.5, .1, -.4, 1e-3, -.6, .2],
    [-.05, .02, .01, -2e-3, .3, .7],
    [0, .3, .2, 0, -.1, .05],
    [.2, -.6, .1, .4, .02, -.3],
  ],
  rates: [.01, .02, .02, .005, .01],
};

/** Opens an optimizer as an experiment file names it. */
export function optimizerOf(
  type: string,
  options: Readonly<Record<string, unknown>> = {},
): Optimizer {
  return optimizers.create(optimizers.schema.parse({ type, ...options }));
}

/** The weights after a step along each gradient. */
export function followed(
  optimizer: Optimizer,
  { weights: first, gradients, rates }: Course,
): Float32Array {
  let weights = tf.tensor1d([...first]);
  let slots: readonly tf.Tensor1D[] = optimizer.slotNames
    .map(() => tf.zerosLike(weights));
  gradients.forEach((gradient, i) => {
    ({ weights, slots } = optimizer.update({
      weights,
      slots,
      isKernel: () => tf.tensor1d(first.map((_, k) => +(k < first.length - 2))),
      gradient: tf.tensor1d([...gradient]),
      learningRate: tf.scalar(rates[i]!),
      scalars: optimizer.scalars(i + 1).map((value) => tf.scalar(value)),
    }));
  });
  return weights.dataSync() as Float32Array;
}

/** Registers a test for each case that make.py has of an optimizer. */
export function compareWithTorch(type: string): void {
  const cases = readFixture<TorchCase>("train/optimizers.jsonl")
    .filter((one) => one.type === type);
  if (cases.length === 0) throw new TypeError(`torch has no case of "${type}"`);
  for (const { options, weights } of cases) {
    testWithTensors(`${type}(${textOf(options)}) moves as torch's does`, () => {
      const found = followed(optimizerOf(type, options), torchs);
      weights.forEach((value, i) => assertAlmostEquals(found[i]!, value, 1e-6));
    });
  }
}

function textOf(options: Record<string, unknown>): string {
  return Object.entries(options)
    .filter(([name]) => !["beta1", "beta2", "epsilon"].includes(name))
    .map(([name, value]) => `${name} ${value}`).join(", ");
}
