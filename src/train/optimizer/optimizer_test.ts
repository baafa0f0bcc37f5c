import * as tf from "@tensorflow/tfjs-core";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import type { Optimizer } from "./_optimizer.ts";
import { adam } from "./adam.ts";
import { sgd } from "./sgd.ts";

/** Three steps from the same weights along the same gradients as in torch. */
function threeSteps(optimizer: Optimizer): ArrayLike<number> {
  let weights = tf.tensor1d([1, -2, .5]);
  let slots: readonly tf.Tensor1D[] = optimizer.slotNames
    .map(() => tf.zeros<tf.Rank.R1>([3]));
  const gradients = [[.1, -.2, .3], [.5, .1, -.4], [-.05, .02, .01]];
  gradients.forEach((gradient, i) => {
    ({ weights, slots } = optimizer.update({
      weights,
      slots,
      gradient: tf.tensor1d(gradient),
      learningRate: tf.scalar(.01),
      scalars: optimizer.scalars(i + 1).map((value) => tf.scalar(value)),
    }));
  });
  return weights.dataSync();
}

function assertNear(found: ArrayLike<number>, expected: readonly number[]) {
  expected.forEach((value, i) => assertAlmostEquals(found[i]!, value, 1e-6));
}

const moments = { learningRate: .01, beta1: .9, beta2: .999, epsilon: 1e-8 };

// Expected values: torch 2.15, torch.optim.Adam and SGD in float64.
testWithTensors(
  "adam() with amsgrad and weight decay moves as torch's does",
  () =>
    assertNear(
      threeSteps(adam.create({ ...moments, weightDecay: .1, amsgrad: true })),
      [0.9732594192, -1.9732868926, 0.4901992347],
    ),
);

testWithTensors("adam() without them moves as torch's does", () =>
  assertNear(
    threeSteps(adam.create({ ...moments, weightDecay: 0, amsgrad: false })),
    [0.9753891688, -1.9858556471, 0.4933028218],
  ));

testWithTensors(
  "sgd() with Nesterov momentum moves as torch's does",
  () =>
    assertNear(
      threeSteps(sgd.create({
        learningRate: .01,
        momentum: .9,
        nesterov: true,
        weightDecay: .1,
      })),
      [0.9759542423, -1.9801587746, 0.496331884],
    ),
);
