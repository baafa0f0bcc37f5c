import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { exampleInput } from "./_example.ts";
import { focal } from "./focal.ts";

// Expected values: numpy, mean of -w (1 - p_t)² log p_t.
const valueOf = (focus: number, useWeights: boolean) =>
  focal.create({ focus, useWeights })(exampleInput()).dataSync()[0]!;

testWithTensors("focal() gives the values numpy gives", () => {
  assertAlmostEquals(valueOf(2, false), .0486013043, 1e-6);
  assertAlmostEquals(valueOf(2, true), .0920742977, 1e-6);
});

testWithTensors(
  "focal() without focus is cross-entropy",
  () => assertAlmostEquals(valueOf(0, false), .3410601882, 1e-6),
);
