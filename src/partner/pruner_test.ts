import { deepStrictEqual } from "node:assert/strict";
import { featureNames } from "./features.ts";
import { isTaken } from "./pruner.ts";

Deno.test("isTaken() takes what is as probable as the threshold", () => {
  const zeros = featureNames.map(() => 0);
  const ofThreshold = (threshold: number) =>
    isTaken({
      ...{ form: 1, features: featureNames, bias: 0, threshold },
      ...{ mean: zeros, deviation: featureNames.map(() => 1) },
      hidden: [{ weights: zeros, bias: 0, output: 1 }],
    }, zeros);
  deepStrictEqual([0.49, 0.5, 0.51].map(ofThreshold), [true, true, false]);
});
