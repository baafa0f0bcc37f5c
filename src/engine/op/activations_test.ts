import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { gelu } from "./gelu.ts";
import { leakyRelu } from "./leaky_relu.ts";
import { swish } from "./swish.ts";

testOpOnEngines("gelu() weighs a number by the normal distribution", () => {
  // Φ(1) = 0.8413447, Φ(-2) = 0.0227501
  assertTensor(gelu(tf.tensor1d([0, 1, -2])), [3], [0, 0.8413447, -0.0455003]);
});

testOpOnEngines("swish() weighs a number by its logistic function", () => {
  // σ(1) = 0.7310586, σ(-2) = 0.1192029
  const y = swish(tf.tensor1d([0, 1, -2]));
  assertTensor(y, [3], [0, 0.7310586, -0.2384058]);
});

testOpOnEngines("leakyRelu() keeps a share of what is below 0", () => {
  const x = tf.tensor1d([-2, 0, 3]);
  assertTensor(leakyRelu(x, 0.1), [3], [-0.2, 0, 3]);
  const slope = tf.grad((x: tf.Tensor) => tf.sum(leakyRelu(x, 0.1)))(x);
  assertTensor(slope, [3], [0.1, 0.1, 1]);
});

for (
  const [name, f] of [
    ["gelu", gelu],
    ["swish", swish],
    ["leakyRelu", (x: tf.Tensor) => leakyRelu(x, 0.2)],
  ] as const
) {
  testOpOnEngines(`${name}() has the gradient of it`, () => {
    checkGradients(f, [normalTensor<tf.Rank.R5>([1, 2, 3, 4, 2])], {
      step: 1e-3,
    });
  });
}
