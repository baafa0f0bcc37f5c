import * as tf from "@tensorflow/tfjs-core";
import { throws } from "node:assert";
import { assertTensor, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { avgPool3d } from "./avg_pool3d.ts";

testOpOnEngines("avgPool3d() gives the mean of each window", () => {
  const x = tf.tensor5d([1, 2, 3, 4, 8, 7, 6, 5], [1, 2, 2, 2, 1]);
  assertTensor(avgPool3d(x, [1, 2, 2]), [1, 2, 1, 1, 1], [2.5, 6.5]);
  assertTensor(avgPool3d(x, [2, 1, 2]), [1, 1, 2, 1, 1], [4.5, 4.5]);
  assertTensor(avgPool3d(x, [2, 2, 2]), [1, 1, 1, 1, 1], [4.5]);
});

for (const window of [[1, 2, 2], [2, 2, 2], [3, 1, 2], [2, 1, 1]] as const) {
  testOpOnEngines(`avgPool3d() of ${window} has the gradient of it`, () => {
    checkGradients(
      (x: tf.Tensor5D) => avgPool3d(x, window),
      [normalTensor<tf.Rank.R5>([2, 6, 4, 6, 2])],
    );
  });
}

testOpOnEngines("avgPool3d() refuses a window that does not divide", () => {
  throws(() => avgPool3d(tf.zeros([1, 2, 5, 4, 1]), [1, 2, 2]), {
    name: "RangeError",
    message: "Cannot pool 5 voxels along y in windows of 2: the window has to" +
      " divide the extent",
  });
});
