import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { noisyInput, rowInput } from "./_testing.ts";
import { averagePrecision } from "./average_precision.ts";

const ap = (input: Parameters<typeof metric.evaluate>[0]) =>
  metric.evaluate(input).ap!;
const metric = averagePrecision.create({});

Deno.test("averagePrecision() gives scikit-learn's documented value", () => {
  // average_precision_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) is 0.83…
  const input = rowInput([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]);
  // by hand: 1/2 · 1/1 at 0.8, then 1/2 · 2/3 at 0.35.
  assertAlmostEquals(ap(input), 5 / 6, 1e-12);
});

Deno.test("averagePrecision() takes equal probabilities together", () => {
  // 0.5 holds one of each: 1/2 · 1/1 at 0.9, then 1/2 · 2/3 at 0.5.
  assertAlmostEquals(
    ap(rowInput([0.9, 0.5, 0.5, 0.2], [1, 0, 1, 0])),
    1 / 2 + 1 / 3,
    1e-12,
  );
});

Deno.test("averagePrecision() ignores unlabelled voxels", () => {
  const input = rowInput([1, 0.8, 0.1], [0, 1, 0], { mask: [0, 1, 1] });
  assertEquals(ap(input), 1);
});

Deno.test("averagePrecision() is the share of cleft where all are equal", () => {
  assertEquals(ap(rowInput([0.5, 0.5, 0.5, 0.5], [1, 0, 0, 0])), 0.25);
  assertEquals(ap(rowInput([0, -0, 0, -0], [1, 0, 0, 0])), 0.25);
});

Deno.test("averagePrecision() is null without a cleft voxel", () => {
  assertEquals(metric.evaluate(rowInput([0.5, 0.1], [0, 0])).ap, null);
});

Deno.test("averagePrecision() never finds a voxel of probability NaN", () => {
  // Of two cleft voxels one is found, first of all: 1/2 · 1.
  assertEquals(ap(rowInput([NaN, 0.5, NaN, 0.1], [1, 1, 0, 0])), 0.5);
});

Deno.test("averagePrecision() orders numbers of either sign", () => {
  // 3, -1e-3, -0.5 (cleft, other, cleft): 1/2 · 1 + 1/2 · 2/3.
  const input = rowInput([-0.5, 3, -1e-3, -2], [1, 1, 0, 0]);
  assertAlmostEquals(ap(input), 5 / 6, 1e-12);
});

Deno.test("averagePrecision() agrees with the definition on noise", () => {
  for (let seed = 0; seed < 20; seed++) {
    const input = noisyInput([3, 8, 9], seed);
    const { probability, target, mask } = input;
    const voxels = [...probability.keys()].filter((i) => mask[i] === 1);
    const positives = voxels.filter((i) => target[i] === 1).length;
    const thresholds = [...new Set(probability)].sort((a, b) => b - a);
    let area = 0, before = 0;
    for (const threshold of thresholds) {
      const called = voxels.filter((i) => probability[i]! >= threshold);
      const hits = called.filter((i) => target[i] === 1).length;
      if (hits > 0) area += (hits - before) / positives * hits / called.length;
      before = hits;
    }
    assertAlmostEquals(ap(input), area, 1e-12);
  }
});
