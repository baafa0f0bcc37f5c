import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { leakyRelu } from "./leaky_relu.ts";

testOpOnEngines("leakyRelu() keeps a share of what is below 0", () => {
  const x = tf.tensor1d([-2, 0, 3]);
  assertTensor(leakyRelu(x, 0.1), [3], [-0.2, 0, 3]);
  const slope = tf.grad((x: tf.Tensor) => tf.sum(leakyRelu(x, 0.1)))(x);
  assertTensor(slope, [3], [0.1, 0.1, 1]);
});

testOpOnEngines("leakyRelu() has the gradient of it", () => {
  checkGradients((x: tf.Tensor) => leakyRelu(x, 0.2), [
    normalTensor<tf.Rank.R5>([1, 2, 3, 4, 2]),
  ], {
    step: 1e-3,
  });
});
