import * as tf from "@tensorflow/tfjs-core";
import { throws } from "node:assert";
import { assertTensor, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { mirrorPad } from "./mirror_pad.ts";

testOpOnEngines("mirrorPad() continues by the mirror image", () => {
  const x = tf.tensor5d([1, 2, 3], [1, 1, 1, 3, 1]);
  assertTensor(
    mirrorPad(x, [0, 0, 2]),
    [1, 1, 1, 7, 1],
    [3, 2, 1, 2, 3, 2, 1],
  );
});

testOpOnEngines("mirrorPad() has the gradient of it", () => {
  checkGradients(
    (x: tf.Tensor5D) => mirrorPad(x, [1, 2, 3]),
    [normalTensor<tf.Rank.R5>([2, 3, 4, 5, 2])],
  );
});

testOpOnEngines("mirrorPad() refuses to reach beyond the image", () => {
  throws(() => mirrorPad(tf.zeros([1, 2, 4, 4, 1]), [2, 0, 0]), {
    name: "RangeError",
    message: "Cannot mirror 2 voxels along z: the image has 2, and the" +
      " outermost one is not repeated",
  });
});
