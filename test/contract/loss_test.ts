import * as tf from "@tensorflow/tfjs-core";
import { defaultOptions } from "@/core/mod.ts";
import { losses } from "@/loss/mod.ts";
import { normalTensor, testOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { assertAlmostEquals } from "@test/helpers.ts";

const shape: [number, number, number, number, number] = [2, 2, 3, 4, 1];

function makeInput() {
  return {
    logits: normalTensor<tf.Rank.R5>(shape),
    target: tf.cast<tf.Tensor5D>(
      tf.greater(normalTensor<tf.Rank.R5>(shape, 2), .5),
      "float32",
    ),
    mask: tf.cast<tf.Tensor5D>(
      tf.greater(normalTensor<tf.Rank.R5>(shape, 3), -.5),
      "float32",
    ),
    weight: tf.add<tf.Tensor5D>(tf.abs(normalTensor<tf.Rank.R5>(shape, 4)), 1),
  };
}

for (const component of losses.components) {
  const loss = component.create(defaultOptions(component));

  testOnEngines(
    `${component.name}() has the gradient of finite differences`,
    () =>
      tf.tidy(() => {
        const { logits, ...rest } = makeInput();
        checkGradients(
          (z) => loss({ logits: z as tf.Tensor5D, ...rest }),
          [logits],
        );
      }),
  );

  testOnEngines(
    `${component.name}() does not see unlabelled voxels`,
    () =>
      tf.tidy(() => {
        const input = makeInput();
        const unlabelled = tf.sub(1, input.mask);
        const logits = tf.add<tf.Tensor5D>(input.logits, tf.mul(unlabelled, 3));
        const target = tf.abs<tf.Tensor5D>(tf.sub(input.target, unlabelled));
        const [before] = loss(input).dataSync();
        const [after] = loss({ ...input, logits, target }).dataSync();
        assertAlmostEquals(after!, before!, 1e-6);
      }),
  );

  testOnEngines(
    `${component.name}() is lower for a better prediction`,
    () =>
      tf.tidy(() => {
        const input = makeInput();
        const sign = tf.sub(tf.mul(input.target, 2), 1);
        const right = tf.mul<tf.Tensor5D>(sign, 4);
        const [good] = loss({ ...input, logits: right }).dataSync();
        const [bad] = loss({ ...input, logits: tf.neg(right) }).dataSync();
        if (!(good! < bad!)) throw new Error(`${good} is not below ${bad}`);
      }),
  );
}
