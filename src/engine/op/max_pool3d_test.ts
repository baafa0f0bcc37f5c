import * as tf from "@tensorflow/tfjs-core";
import { throws } from "node:assert";
import { assertTensor, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { maxPool3d } from "./max_pool3d.ts";

testOpOnEngines("maxPool3d() keeps the largest of each window", () => {
  const x = tf.tensor5d([1, 2, 3, 4, 8, 7, 6, 5], [1, 2, 2, 2, 1]);
  assertTensor(maxPool3d(x, [1, 2, 2]), [1, 2, 1, 1, 1], [4, 8]);
  assertTensor(maxPool3d(x, [2, 1, 2]), [1, 1, 2, 1, 1], [8, 6]);
  assertTensor(maxPool3d(x, [2, 2, 2]), [1, 1, 1, 1, 1], [8]);
});

for (const window of [[1, 2, 2], [2, 2, 2], [3, 1, 2]] as const) {
  testOpOnEngines(`maxPool3d() of ${window} has the gradient of it`, () => {
    checkGradients(
      (x: tf.Tensor5D) => maxPool3d(x, window),
      [normalTensor<tf.Rank.R5>([2, 6, 4, 6, 2])],
      { step: 1e-3 },
    );
  });
  testOpOnEngines(`maxPool3d() of ${window} gives ties to the first`, () => {
    const sum = (x: tf.Tensor) => tf.sum(maxPool3d(x as tf.Tensor5D, window));
    const dx = tf.grad(sum)(tf.ones([1, ...window, 1]));
    const first = Array.from({ length: dx.size }, (_, i) => i === 0 ? 1 : 0);
    assertTensor(dx, [1, ...window, 1], first);
  });
}

testOpOnEngines("maxPool3d() gives nothing to the nearly largest", () => {
  const near = tf.tensor5d([1, 1 + 2e-6, 0, 0.5], [1, 1, 2, 2, 1]);
  const sum = (x: tf.Tensor) => tf.sum(maxPool3d(x as tf.Tensor5D, [1, 2, 2]));
  assertTensor(tf.grad(sum)(near), near.shape, [0, 1, 0, 0]);
});

testOpOnEngines("maxPool3d() refuses a window that does not divide", () => {
  throws(() => maxPool3d(tf.zeros([1, 2, 5, 4, 1]), [1, 2, 2]), {
    name: "RangeError",
    message: "Cannot pool 5 voxels along y in windows of 2: the window has to" +
      " divide the extent",
  });
});
