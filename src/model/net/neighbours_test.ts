import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, testOpOnEngines } from "@test/engines.ts";
import { withNeighbours } from "./neighbours.ts";

testOpOnEngines("withNeighbours() gives sections those beside them", () => {
  const x = tf.tensor5d([1, 2, 3], [1, 3, 1, 1, 1]);
  assertTensor(withNeighbours(x, 1), [1, 3, 1, 1, 3], [
    ...[1, 1, 2],
    ...[1, 2, 3],
    ...[2, 3, 3],
  ]);
});

testOpOnEngines("withNeighbours() reaches beyond a small image", () => {
  const x = tf.tensor5d([1, 2], [1, 2, 1, 1, 1]);
  assertTensor(withNeighbours(x, 2), [1, 2, 1, 1, 5], [
    ...[1, 1, 1, 2, 2],
    ...[1, 1, 2, 2, 2],
  ]);
});

testOpOnEngines("withNeighbours() keeps samples and voxels apart", () => {
  const x = tf.tensor5d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 1, 2, 1]);
  const y = withNeighbours(x, 1);
  // [N, D, H, W, before, itself, behind]
  assertTensor(y, [2, 2, 1, 2, 3], [
    ...[1, 1, 3, 2, 2, 4, 1, 3, 3, 2, 4, 4],
    ...[5, 5, 7, 6, 6, 8, 5, 7, 7, 6, 8, 8],
  ]);
});
