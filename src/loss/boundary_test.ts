import * as tf from "@tensorflow/tfjs-core";
import { throws } from "node:assert";
import { testCasesOf } from "@test/fixtures/loss/cases.ts";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { exampleInput, lossOf } from "./_example.ts";
import { boundary } from "./boundary.ts";

const withDistances = () => ({
  ...exampleInput(),
  distanceNm: tf.tensor5d([-4, 4, -4, 40, 8, -40, -8, 4], [2, 1, 2, 2, 1]),
});

// -4 · .9 + 4 · .2 - 4 · .6 + 40 · .1 + 8 · .3 - 40 · .8 - 8 · .5 + 4 · .4 = -33.2
testWithTensors(
  "boundary() is the mean distance of what is called cleft",
  () => {
    const value = lossOf(boundary, { unitNm: 10 })(withDistances());
    assertAlmostEquals(value.dataSync()[0]!, -3.32 / 8, 1e-6);
  },
);

// all that is negative: -4 - 4 - 40 - 8 = -56
testWithTensors(
  "boundary() of the truth is the mean of what is negative",
  () => {
    const input = withDistances();
    const truth = tf.mul<tf.Tensor5D>(tf.sub(tf.mul(input.target, 2), 1), 50);
    const value = lossOf(boundary, { unitNm: 1 })({ ...input, logits: truth });
    assertAlmostEquals(value.dataSync()[0]!, -7, 1e-6);
  },
);

testWithTensors("boundary() refuses to do without distances", () => {
  throws(() => lossOf(boundary)(exampleInput()), /without distanceNm/);
});

testCasesOf(boundary);
