import { deepStrictEqual } from "node:assert/strict";
import { openRng } from "@/core/mod.ts";
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
    p: null,
    effect: null,
  });
});

Deno.test("pairedDifference() gives p and Hedges' g of the same pairs", () => {
  // Differences 0.01, 0.06, 0.03, 0.08: mean 0.045, variance 0.0029 / 3.
  // Variances 0.0081 / 3 and 0.0026 / 3; six degrees of freedom in all.
  const { p, effect } = pairedDifference(
    bySeed([0.51, 0.55, 0.48, 0.6]),
    bySeed([0.50, 0.49, 0.45, 0.52]),
  )!;
  const t = 0.045 / Math.sqrt(0.0029 / 3 / 4), angle = Math.atan(t / 3 ** 0.5);
  assertAlmostEquals(
    p!,
    1 - 2 / Math.PI * (angle + Math.sin(angle) * Math.cos(angle)),
    1e-12,
  );
  const g = (1 - 3 / 23) * 0.045 / Math.sqrt((0.0081 + 0.0026) / 6);
  assertAlmostEquals(effect!, g, 1e-12);
});

Deno.test("pairedDifference() has no effect in units of no scatter, and p 1 of none", () => {
  const same = pairedDifference(bySeed([2, 2]), bySeed([1, 1]))!;
  deepStrictEqual([same.p, same.effect], [0, null]);
  assertEquals(pairedDifference(bySeed([1, 2]), bySeed([1, 2]))!.p, 1);
});

Deno.test("pairedDifference() covers the truth in 95 of 100, with false positives in 5", () => {
  const rng = openRng(1).at("coverage"), sets = 4000, pairs = 3;
  let covered = 0, positive = 0;
  for (let s = 0; s < sets; s++) {
    const seed = Array.from({ length: pairs }, () => rng.normal());
    const run = (effect: number) =>
      bySeed(seed.map((x) => x + effect + 0.5 * rng.normal()));
    const [low, high] = pairedDifference(run(0.3), run(0))!.interval!;
    if (low <= 0.3 && 0.3 <= high) covered++;
    if (pairedDifference(run(0), run(0))!.p! < 0.05) positive++;
  }
  // Four standard errors of a share of 0.95 of 4,000: 0.014.
  assertAlmostEquals(covered / sets, 0.95, 0.014);
  assertAlmostEquals(positive / sets, 0.05, 0.014);
});
