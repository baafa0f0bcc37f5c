import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { swish } from "./swish.ts";

testOpOnEngines("swish() weighs a number by its logistic function", () => {
  // σ(1) = 0.7310586, σ(-2) = 0.1192029
  const y = swish(tf.tensor1d([0, 1, -2]));
  assertTensor(y, [3], [0, 0.7310586, -0.2384058]);
});

testOpOnEngines("swish() has the gradient of it", () => {
  checkGradients(swish, [normalTensor<tf.Rank.R5>([1, 2, 3, 4, 2])], {
    step: 1e-3,
  });
});
