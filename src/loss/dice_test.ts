import * as tf from "@tensorflow/tfjs-core";
import { testCasesOf } from "@test/fixtures/loss/cases.ts";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { emptyInput, exampleInput, lossOf } from "./_example.ts";
import { dice } from "./dice.ts";

const valueOf = (
  over: "batch" | "sample",
  smoothVox: number,
  input = exampleInput(),
) => lossOf(dice, { over, smoothVox })(input).dataSync()[0]!;

// Σpt = .9 + .6 + .8 + .5 = 2.8, Σp = 3.8, Σt = 4: 1 - 5.6 / 7.8 = .28205
testWithTensors(
  "dice() over the batch gives the hand-worked value",
  () => assertAlmostEquals(valueOf("batch", 0), .2820512821, 1e-6),
);

// (1 - 3 / 3.8 + 1 - 2.6 / 4) / 2 and, smoothed, (1 - 4 / 4.8 + 1 - 3.6 / 5) / 2
testWithTensors("dice() over samples averages their losses", () => {
  assertAlmostEquals(valueOf("sample", 0), .2802631579, 1e-6);
  assertAlmostEquals(valueOf("sample", 1), .2233333333, 1e-6);
  assertAlmostEquals(valueOf("sample", 100), .0105843338, 1e-6);
});

// 1 - 1 / (.8 + 1)
testWithTensors(
  "dice() of an empty target falls with the prediction if smoothed",
  () => {
    assertAlmostEquals(valueOf("batch", 0, emptyInput()), 1, 1e-6);
    assertAlmostEquals(valueOf("batch", 1, emptyInput()), .4444444444, 1e-6);
  },
);

testWithTensors("dice() is defined where nothing is labelled", () => {
  const input = exampleInput();
  const unlabelled = { ...input, mask: tf.zerosLike(input.mask) };
  assertAlmostEquals(valueOf("batch", 0, unlabelled), 1, 0);
  assertAlmostEquals(valueOf("batch", 1, unlabelled), 0, 0);
});

testWithTensors("dice() ignores unlabelled voxels", () => {
  const input = exampleInput();
  const mask = tf.tensor5d([1, 1, 1, 1, 0, 0, 0, 0], [2, 1, 2, 2, 1]);
  // the first sample alone: 1 - 3 / 3.8
  assertAlmostEquals(
    valueOf("batch", 0, { ...input, mask }),
    1 - 3 / 3.8,
    1e-6,
  );
});

// Σwpt = 2.7 + 1.8 + 1.6 + 1 = 7.1, Σwp = 7.1 + .2 + .1 + .3 + .4, Σwt = 10
testWithTensors("dice() lets voxels count by their weights", () => {
  const loss = lossOf(dice, { useWeights: true, smoothVox: 0 });
  const value = loss(exampleInput()).dataSync()[0]!;
  assertAlmostEquals(value, 1 - 14.2 / 18.1, 1e-6);
});

testCasesOf(dice);
