import * as tf from "@tensorflow/tfjs-core";
import { readFixture } from "@test/fixtures.ts";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import type { Optimizer } from "./_optimizer.ts";
import { optimizers } from "./mod.ts";

interface TorchCase {
  readonly type: string;
  readonly options: Record<string, unknown>;
  readonly weights: readonly number[];
}

// As in test/fixtures/train/make.py: four numbers of a kernel, two of a bias.
const first = [1, -2, .5, .03, -.7, .2];
const gradients = [
  [.1, -.2, .3, 0, .4, -.1],
  [.5, .1, -.4, 1e-3, -.6, .2],
  [-.05, .02, .01, -2e-3, .3, .7],
  [0, .3, .2, 0, -.1, .05],
  [.2, -.6, .1, .4, .02, -.3],
];
const rates = [.01, .02, .02, .005, .01];

/** The weights after a step along each gradient. */
function trajectory(optimizer: Optimizer): ArrayLike<number> {
  let weights = tf.tensor1d(first);
  let slots: readonly tf.Tensor1D[] = optimizer.slotNames
    .map(() => tf.zeros<tf.Rank.R1>([6]));
  gradients.forEach((gradient, i) => {
    ({ weights, slots } = optimizer.update({
      weights,
      slots,
      isKernel: () => tf.tensor1d([1, 1, 1, 1, 0, 0]),
      gradient: tf.tensor1d(gradient),
      learningRate: tf.scalar(rates[i]!),
      scalars: optimizer.scalars(i + 1).map((value) => tf.scalar(value)),
    }));
  });
  return weights.dataSync();
}

const cases = readFixture<TorchCase>("train/optimizers.jsonl");
for (const { type, options, weights } of cases) {
  testWithTensors(`${type}(${textOf(options)}) moves as torch's does`, () => {
    const entry = optimizers.schema.parse({ type, ...options });
    const found = trajectory(optimizers.create(entry));
    weights.forEach((value, i) => assertAlmostEquals(found[i]!, value, 1e-6));
  });
}

function textOf(options: Record<string, unknown>): string {
  return Object.entries(options)
    .filter(([name]) => !["beta1", "beta2", "epsilon"].includes(name))
    .map(([name, value]) => `${name} ${value}`).join(", ");
}
