import * as tf from "@tensorflow/tfjs-core";
import {
  assertAlmostEquals,
  assertEquals,
  testWithTensors,
} from "@test/helpers.ts";
import { exampleInput } from "./_example.ts";
import { type LossTerm, lossTerms, mixLoss } from "./mix.ts";

const factorsOf = (terms: readonly LossTerm[]) =>
  tf.tensor1d(terms.map(({ weight }) => weight));

testWithTensors(
  "mixLoss() adds weighted terms and gives each by itself",
  () => {
    const terms = lossTerms({
      terms: [
        { type: "bce", useWeights: true, weight: 1 },
        { type: "dice", over: "batch", smoothVox: 0, weight: 2 },
      ],
    });
    const { total, each } = mixLoss(terms, {
      inputs: [[exampleInput()]],
      weights: factorsOf(terms),
    });
    assertAlmostEquals(each[0]!.dataSync()[0]!, .6096430646, 1e-6);
    assertAlmostEquals(each[1]!.dataSync()[0]!, .2820512821, 1e-6);
    assertAlmostEquals(
      total.dataSync()[0]!,
      .6096430646 + 2 * .2820512821,
      1e-6,
    );
  },
);

Deno.test("lossTerms() numbers terms of one kind", () => {
  const entry = { type: "dice", over: "batch", smoothVox: 1, weight: 1 };
  const names = lossTerms({ terms: [entry, entry] }).map(({ name }) => name);
  assertEquals(names.join(), "dice,dice2");
});
