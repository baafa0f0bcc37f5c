import { testCasesOf } from "@test/fixtures/loss/cases.ts";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { exampleInput, lossOf } from "./_example.ts";
import { twoClassDice } from "./two_class_dice.ts";

// 1 - 2.8 / 7.8 - 3 / 8.2
testWithTensors("twoClassDice() gives the hand-worked value", () => {
  const loss = lossOf(twoClassDice, { over: "batch", smoothVox: 0 });
  assertAlmostEquals(loss(exampleInput()).dataSync()[0]!, .2751719825, 1e-6);
});

testCasesOf(twoClassDice);
