import { deepStrictEqual } from "node:assert/strict";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { pairedDifference } from "./paired.ts";

const bySeed = (values: readonly number[], first = 1) =>
  new Map(values.map((value, i) => [`${i + first}`, value]));

Deno.test("pairedDifference() gives the interval of scipy's paired t-test", () => {
  // scipy.stats.ttest_rel(a, b).confidence_interval(0.95), scipy 1.17.1.
  const { mean, interval } = pairedDifference(
    bySeed([0.51, 0.55, 0.48, 0.6]),
    bySeed([0.50, 0.49, 0.45, 0.52]),
  )!;
  assertAlmostEquals(mean, 0.045, 1e-12);
  assertAlmostEquals(interval![0], -0.0044731383424718996, 1e-10);
  assertAlmostEquals(interval![1], 0.0944731383424719, 1e-10);
});

Deno.test("pairedDifference() pairs by key and leaves out what has no partner", () => {
  const { mean, each } = pairedDifference(
    bySeed([1, 5, 9], 1), // seeds 1, 2, 3
    bySeed([2, 4], 2), // seeds 2, 3
  )!;
  deepStrictEqual(each, [3, 5]);
  assertEquals(mean, 4);
  assertEquals(pairedDifference(bySeed([1]), bySeed([1], 2)), null);
});

Deno.test("pairedDifference() claims no spread for one pair", () => {
  deepStrictEqual(pairedDifference(bySeed([3]), bySeed([1])), {
    mean: 2,
    each: [2],
    interval: null,
  });
});
