import * as tf from "@tensorflow/tfjs-core";
import { testCasesOf } from "@test/fixtures/loss/cases.ts";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { exampleInput, lossOf } from "./_example.ts";
import { bce } from "./bce.ts";

// Expected values: numpy, mean of w (-t log p - (1 - t) log(1 - p)).
testWithTensors("bce() without weights gives the value numpy gives", () => {
  const value = lossOf(bce, { useWeights: false })(exampleInput())
    .dataSync()[0]!;
  assertAlmostEquals(value, .3410601882, 1e-6);
});

testWithTensors(
  "bce() divides by the number of voxels, not by the weights",
  () => {
    const value = lossOf(bce, { useWeights: true })(exampleInput())
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
  const value = lossOf(bce, { useWeights: false })({ ...input, logits });
  assertAlmostEquals(value.dataSync()[0]!, 125, 1e-3);
});

testWithTensors("bce() is 0 where nothing is labelled", () => {
  const input = exampleInput();
  const mask = tf.zerosLike(input.mask);
  const value = lossOf(bce, { useWeights: true })({ ...input, mask });
  assertAlmostEquals(value.dataSync()[0]!, 0, 0);
});

testWithTensors("bce() as in the report costs at most 100 a voxel", () => {
  const { presets } = bce;
  const input = exampleInput();
  const logits = tf.mul<tf.Tensor5D>(input.logits, -1e4); // wrong, but for one of 0
  const value = lossOf(bce, { ...presets!.report!.options, useWeights: false })(
    { ...input, logits },
  );
  assertAlmostEquals(value.dataSync()[0]!, (7 * 100 + Math.log(2)) / 8, 1e-4);
});

testCasesOf(bce);
