import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { gelu } from "./gelu.ts";

testOpOnEngines("gelu() weighs a number by the normal distribution", () => {
  // Φ(1) = 0.8413447, Φ(-2) = 0.0227501
  assertTensor(gelu(tf.tensor1d([0, 1, -2])), [3], [0, 0.8413447, -0.0455003]);
});

testOpOnEngines("gelu() has the gradient of it", () => {
  checkGradients(gelu, [normalTensor<tf.Rank.R5>([1, 2, 3, 4, 2])], {
    step: 1e-3,
  });
});
