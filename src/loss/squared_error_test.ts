import * as tf from "@tensorflow/tfjs-core";
import { testCasesOf } from "@test/fixtures/loss/cases.ts";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { lossOf } from "./_example.ts";
import { squaredError } from "./squared_error.ts";

const shape: [number, number, number, number, number] = [1, 1, 1, 4, 1];
// tanh of 8, 4, -4 and -40 nm over 50 nm, which the network takes for 4, 4, 0, -40
const input = (mask = [1, 1, 1, 1]) => ({
  logits: tf.tensor5d([.08, .08, 0, -.8], shape),
  target: tf.tensor5d([.1586485, .0798298, -.0798298, -.6640368], shape),
  mask: tf.tensor5d(mask, shape),
  weight: tf.tensor5d([3, 3, 1, 1], shape),
});
const valueOf = (useWeights: boolean, mask?: number[]) =>
  lossOf(squaredError, { useWeights })(input(mask)).dataSync()[0]!;

// numpy: (.1586485 - .0798298)² = .0062123, .0798298² = .0063728
testWithTensors("squaredError() compares distances by their tanh", () => {
  assertAlmostEquals(valueOf(false), (.0062123 + .0063728) / 4, 1e-7);
  assertAlmostEquals(valueOf(true), (3 * .0062123 + .0063728) / 4, 1e-7);
});

testWithTensors("squaredError() is the mean over labelled voxels", () => {
  assertAlmostEquals(valueOf(false, [1, 0, 0, 1]), .0062123 / 2, 1e-7);
  assertAlmostEquals(valueOf(true, [0, 0, 0, 0]), 0, 0);
});

testCasesOf(squaredError);
