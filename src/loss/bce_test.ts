import * as tf from "@tensorflow/tfjs-core";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { exampleInput } from "./_example.ts";
import { bce } from "./bce.ts";

// Expected values: numpy, mean of w (-t log p - (1 - t) log(1 - p)).
testWithTensors("bce() without weights gives the value numpy gives", () => {
  const value = bce.create({ useWeights: false })(exampleInput())
    .dataSync()[0]!;
  assertAlmostEquals(value, .3410601882, 1e-6);
});

testWithTensors(
  "bce() divides by the number of voxels, not by the weights",
  () => {
    const value = bce.create({ useWeights: true })(exampleInput())
      .dataSync()[0]!;
    assertAlmostEquals(value, .6096430646, 1e-6);
  },
);

testWithTensors("bce() stays finite for logits of ±1000", () => {
  const input = exampleInput();
  const logits = tf.tensor5d([1e3, -1e3, 1e3, 1e3, -1e3, 1e3, 1e3, -1e3], [
    2,
    1,
    2,
    2,
    1,
  ]);
  // one voxel is wrong by 1000: 1000 / 8
  const value = bce.create({ useWeights: false })({ ...input, logits });
  assertAlmostEquals(value.dataSync()[0]!, 125, 1e-3);
});

testWithTensors("bce() is 0 where nothing is labelled", () => {
  const input = exampleInput();
  const mask = tf.zerosLike(input.mask);
  const value = bce.create({ useWeights: true })({ ...input, mask });
  assertAlmostEquals(value.dataSync()[0]!, 0, 0);
});
