import { testCasesOf } from "@test/fixtures/loss/cases.ts";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { exampleInput, lossOf } from "./_example.ts";
import { logCoshDice } from "./log_cosh_dice.ts";

// Dice is 1 - 5.6 / 7.8
testWithTensors("logCoshDice() gives the hand-worked value", () => {
  const value = lossOf(logCoshDice, { smoothVox: 0 })(exampleInput());
  const expected = Math.log(Math.cosh(1 - 5.6 / 7.8));
  assertAlmostEquals(value.dataSync()[0]!, expected, 1e-7);
});

testCasesOf(logCoshDice);
