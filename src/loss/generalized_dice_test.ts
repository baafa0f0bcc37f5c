import { testCasesOf } from "@test/fixtures/loss/cases.ts";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { emptyInput, exampleInput, lossOf } from "./_example.ts";
import { generalizedDice } from "./generalized_dice.ts";

// four voxels on either side, so equal weights: 1 - 2 (2.8 + 3) / (7.8 + 8.2)
testWithTensors("generalizedDice() gives the hand-worked value", () => {
  const loss = lossOf(generalizedDice, { over: "batch" });
  assertAlmostEquals(loss(exampleInput()).dataSync()[0]!, .275, 1e-6);
});

// no cleft: w = 1 and 1 / 64; p sums to .8: 1 - 2 (7.2 / 64) / (.8 + 15.2 / 64)
testWithTensors("generalizedDice() is defined without a cleft", () => {
  const loss = lossOf(generalizedDice, { over: "batch" });
  const expected = 1 - 2 * (7.2 / 64) / (.8 + 15.2 / 64);
  assertAlmostEquals(loss(emptyInput()).dataSync()[0]!, expected, 1e-6);
});

testCasesOf(generalizedDice);
