import * as tf from "@tensorflow/tfjs-core";
import { throws } from "node:assert";
import { assertTensor, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { groupNorm } from "./group_norm.ts";

testOpOnEngines("groupNorm() normalises each sample's groups apart", () => {
  // Sample 0 has the groups (1, 3) and (10, 30), sample 1 (5, 7) and (0, 0).
  const x = tf.tensor5d([1, 3, 10, 30, 5, 7, 0, 0], [2, 1, 1, 1, 4]);
  const y = groupNorm(x, tf.ones([4]), tf.tensor1d([0, 0, 0, 1]), {
    groups: 2,
    epsilon: 1e-6,
  });
  assertTensor(y, x.shape, [-1, 1, -1, 2, -1, 1, 0, 1]);
});

testOpOnEngines("groupNorm() of one channel a group spans space alone", () => {
  const x = tf.tensor5d([1, 10, 3, 30], [1, 1, 1, 2, 2]);
  const y = groupNorm(x, tf.ones([2]), tf.zeros([2]), {
    groups: 2,
    epsilon: 1e-6,
  });
  assertTensor(y, x.shape, [-1, -1, 1, 1]);
});

for (const groups of [1, 2, 4]) {
  testOpOnEngines(`groupNorm() in ${groups} groups has its gradients`, () => {
    checkGradients(
      (x: tf.Tensor5D, gamma: tf.Tensor1D, beta: tf.Tensor1D) =>
        groupNorm(x, gamma, beta, { groups, epsilon: 1e-5 }),
      [
        normalTensor<tf.Rank.R5>([2, 2, 4, 3, 4], 1),
        normalTensor<tf.Rank.R1>([4], 2),
        normalTensor<tf.Rank.R1>([4], 3),
      ],
    );
  });
}

testOpOnEngines("groupNorm() refuses groups that do not divide", () => {
  const row = tf.ones<tf.Rank.R1>([4]);
  throws(
    () =>
      groupNorm(tf.ones([1, 1, 2, 2, 4]), row, row, {
        groups: 3,
        epsilon: 1e-5,
      }),
    {
      name: "RangeError",
      message: "Cannot normalise 4 channels in 3 groups: the number of groups" +
        " has to divide the channels",
    },
  );
});
