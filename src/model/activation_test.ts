import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { activation, activationNames } from "./activation.ts";

/** What each makes of -2, 0 and 1.5. */
const expected: Record<string, number[]> = {
  relu: [0, 0, 1.5],
  elu: [Math.exp(-2) - 1, 0, 1.5],
  leakyRelu: [-0.02, 0, 1.5],
  gelu: [-2 * 0.0227501, 0, 1.5 * 0.9331928], // times Φ
  swish: [-2 / (1 + Math.exp(2)), 0, 1.5 / (1 + Math.exp(-1.5))],
};

for (const name of activationNames) {
  testOpOnEngines(`activation() ${name} gives what it stands for`, () => {
    const x = tf.tensor5d([-2, 0, 1.5], [1, 1, 1, 3, 1]);
    assertTensor(activation(name)(x), [1, 1, 1, 3, 1], expected[name]!);
  });

  testOpOnEngines(`activation() ${name} has the gradient of it`, () => {
    const x = normalTensor<tf.Rank.R5>([1, 2, 3, 4, 2]);
    const offZero = tf.add(x, tf.mul(tf.sign(x), 0.1)); // where some have a kink
    checkGradients(activation(name), [offZero], { step: 1e-3 });
  });
}
