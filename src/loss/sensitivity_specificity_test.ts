import { testCasesOf } from "@test/fixtures/loss/cases.ts";
import { assertAlmostEquals, testWithTensors } from "@test/helpers.ts";
import { exampleInput, lossOf } from "./_example.ts";
import { sensitivitySpecificity } from "./sensitivity_specificity.ts";

// .05 (.01 + .16 + .04 + .25) / 4 + .95 (.04 + .01 + .09 + .16) / 4
testWithTensors("sensitivitySpecificity() gives the hand-worked value", () => {
  const loss = lossOf(sensitivitySpecificity, {
    over: "batch",
    sensitivity: .05,
  });
  assertAlmostEquals(loss(exampleInput()).dataSync()[0]!, .077, 1e-6);
});

testCasesOf(sensitivitySpecificity);
