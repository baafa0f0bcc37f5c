import * as tf from "@tensorflow/tfjs-core";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { lossOf } from "./_example.ts";
import { cosine } from "./cosine.ts";

// Along, across and against the direction, and one that is not labelled.
const input = (length: number) => ({
  logits: tf.tensor5d(
    [[0, 3, 4], [2, 0, 0], [0, 0, -5], [1, 1, 1]].flat().map((v) => v * length),
    [1, 1, 1, 4, 3],
  ),
  target: tf.tensor5d(
    [[0, .6, .8], [0, 1, 0], [0, 0, 1], [1, 0, 0]].flat(),
    [1, 1, 1, 4, 3],
  ),
  mask: tf.tensor5d([1, 1, 1, 0], [1, 1, 1, 4, 1]),
  weight: tf.tensor5d([1, 2, 3, 4], [1, 1, 1, 4, 1]),
});
const valueOf = (useWeights: boolean, length = 1) =>
  lossOf(cosine, { useWeights })(input(length)).dataSync()[0]!;

testWithTensors(
  "cosine() is 0 along the direction, 1 across and 2 against it",
  () => {
    assertAlmostEquals(valueOf(false), (0 + 1 + 2) / 3, 1e-5);
    assertAlmostEquals(valueOf(true), (0 + 2 * 1 + 3 * 2) / 3, 1e-5);
  },
);

testWithTensors("cosine() does not mind how long a vector is", () => {
  assertAlmostEquals(valueOf(false, 100), 1, 1e-5);
  assertAlmostEquals(valueOf(false, -1), 1, 1e-5);
  assertAlmostEquals(valueOf(false, 0), 1, 1e-5); // none at all lies across
});
