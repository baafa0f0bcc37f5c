import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { exampleInput } from "./_example.ts";
import { squaredDice } from "./squared_dice.ts";

// Σpt = 2.8, Σp² = 2.36, Σt² = 4: 1 - 5.6 / 6.36
testWithTensors("squaredDice() gives the hand-worked value", () => {
  const loss = squaredDice.create({ over: "batch", smoothVox: 0 });
  assertAlmostEquals(loss(exampleInput()).dataSync()[0]!, .1194968553, 1e-6);
});
