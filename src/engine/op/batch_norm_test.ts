import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { batchNorm } from "./batch_norm.ts";

testOpOnEngines("batchNorm() gives the hand-worked values", () => {
  const x = tf.tensor5d([1, 3, 5, 7], [2, 1, 1, 2, 1]);
  const { y, mean, variance } = batchNorm(
    x,
    tf.tensor1d([2]),
    tf.tensor1d([10]),
    { epsilon: 4 },
  );

  // Mean 4; variance (9 + 1 + 1 + 9) / 4 = 5; 10 + 2 (x - 4) / sqrt(5 + 4).
  assertTensor(mean, [1], [4]);
  assertTensor(variance, [1], [5]);
  assertTensor(y, [2, 1, 1, 2, 1], [8, 28 / 3, 32 / 3, 12]);
});

testOpOnEngines("batchNorm() has the gradients of it", () => {
  checkGradients(
    (x: tf.Tensor5D, gamma: tf.Tensor1D, beta: tf.Tensor1D) =>
      batchNorm(x, gamma, beta, { epsilon: 1e-5 }).y,
    [
      normalTensor<tf.Rank.R5>([2, 3, 4, 5, 3], 1),
      normalTensor<tf.Rank.R1>([3], 2),
      normalTensor<tf.Rank.R1>([3], 3),
    ],
  );
});
