import { testCasesOf } from "@test/fixtures/loss/cases.ts";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { exampleInput, lossOf } from "./_example.ts";
import { squaredDice } from "./squared_dice.ts";

// Σpt = 2.8, Σp² = 2.36, Σt² = 4: 1 - 5.6 / 6.36
testWithTensors("squaredDice() gives the hand-worked value", () => {
  const loss = lossOf(squaredDice, { over: "batch", smoothVox: 0 });
  assertAlmostEquals(loss(exampleInput()).dataSync()[0]!, .1194968553, 1e-6);
});

testCasesOf(squaredDice);
