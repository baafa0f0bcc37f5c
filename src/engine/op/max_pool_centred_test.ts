import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, testOpOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { maxPoolCentred } from "./max_pool_centred.ts";

testOpOnEngines("maxPoolCentred() looks around every second voxel", () => {
  const x = tf.tensor5d([
    ...[-1, -2, -3, -4],
    ...[-5, -6, -7, -1],
    ...[-9, -9, -9, -9],
    ...[-9, -3, -9, -9],
  ], [1, 1, 4, 4, 1]);
  // Windows end at the image: 2 × 2, 2 × 3, 3 × 2 and 3 × 3 voxels of it.
  assertTensor(maxPoolCentred(x, 3, 2), [1, 1, 2, 2, 1], [-1, -1, -3, -1]);
});

testOpOnEngines("maxPoolCentred() keeps sections and channels apart", () => {
  const x = tf.tensor5d([1, 8, 2, 7, 3, 6, 4, 5], [1, 2, 1, 2, 2]);
  assertTensor(maxPoolCentred(x, 3, 2), [1, 2, 1, 1, 2], [2, 8, 4, 6]);
});

testOpOnEngines("maxPoolCentred() has the gradients of it", () => {
  // Far enough from each other that no step changes which is the largest.
  const values = Array.from({ length: 2 * 6 * 8 }, (_, i) => (i * 37) % 96);
  checkGradients(
    (x: tf.Tensor5D) => maxPoolCentred(x, 3, 2),
    [tf.tensor5d(values, [1, 2, 6, 8, 1])],
  );
});
