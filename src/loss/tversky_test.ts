import { testCasesOf } from "@test/fixtures/loss/cases.ts";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { exampleInput, lossOf } from "./_example.ts";
import { tversky } from "./tversky.ts";

// TP = 2.8, FP = 1, FN = 1.2
const valueOf = (falseWeight: number, missedWeight: number, focus = 1) =>
  lossOf(tversky, {
    over: "batch",
    falseWeight,
    missedWeight,
    focus,
    smoothVox: 0,
  })(exampleInput()).dataSync()[0]!;

testWithTensors("tversky() gives the hand-worked values", () => {
  assertAlmostEquals(valueOf(.5, .5), 1 - 2.8 / 3.9, 1e-6); // Dice
  assertAlmostEquals(valueOf(.3, .7), .2893401015, 1e-6);
  assertAlmostEquals(valueOf(.7, .3), .2746113990, 1e-6);
});

testWithTensors(
  "tversky() raises the loss to its focus",
  () => assertAlmostEquals(valueOf(.3, .7, .75), .2893401015 ** .75, 1e-6),
);

testCasesOf(tversky);
