import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { tile3d } from "./tile3d.ts";

testOpOnEngines("tile3d() repeats the image as a whole", () => {
  const x = tf.tensor5d([1, 2], [1, 1, 1, 2, 1]);
  assertTensor(
    tile3d(x, [2, 1, 2]),
    [1, 2, 1, 4, 1],
    [1, 2, 1, 2, 1, 2, 1, 2],
  );
});

testOpOnEngines("tile3d() has the gradient of it", () => {
  checkGradients(
    (x: tf.Tensor5D) => tile3d(x, [1, 2, 3]),
    [normalTensor<tf.Rank.R5>([2, 3, 2, 2, 2])],
  );
});
