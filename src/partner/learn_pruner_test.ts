import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { openRng } from "@/core/mod.ts";
import { featureNames } from "./features.ts";
import { learnPruner, lossOf, withBestThreshold } from "./learn_pruner.ts";
import { partnerProbability, prunerSchema } from "./pruner.ts";

/** Pairs whose second and third features have one sign: no line tells them apart. */
const examples = Array.from({ length: 120 }, (_, i) => {
  const rng = openRng(4).at("example", i);
  const features = featureNames.map(() => 3 + 2 * rng.normal());
  return { features, isPair: (features[1]! > 3) === (features[2]! > 3) };
});

Deno.test("lossOf() has the gradient of finite differences", () => {
  const rng = openRng(1);
  const numbers = Float64Array.from(
    { length: 3 * (featureNames.length + 2) + 1 },
    () => rng.normal() / 3,
  );
  const { gradient } = lossOf(numbers, examples);
  for (const i of numbers.keys()) {
    const at = (step: number) =>
      lossOf(numbers.with(i, numbers[i]! + step), examples).loss;
    const slope = (at(1e-5) - at(-1e-5)) / 2e-5;
    ok(Math.abs(slope - gradient[i]!) < 1e-7, `${i}: ${slope}`);
  }
});

Deno.test("learnPruner() tells apart what no single feature does, the same each time", () => {
  const pruner = learnPruner(examples, openRng(1));
  const right = examples.filter(({ features, isPair }) =>
    (partnerProbability(pruner, features) >= 0.5) === isPair
  );
  ok(right.length > 0.9 * examples.length, `${right.length}`);
  deepStrictEqual(learnPruner(examples, openRng(1)), pruner);
  deepStrictEqual(prunerSchema.parse(JSON.parse(JSON.stringify(pruner))), {
    ...pruner,
    features: [...featureNames],
  });
});

Deno.test("learnPruner() copes with features that are all the same", () => {
  const flat = examples.map(({ features, isPair }) => ({
    features: features.with(4, 7),
    isPair,
  }));
  const pruner = learnPruner(flat, openRng(1));
  ok(Number.isFinite(partnerProbability(pruner, flat[0]!.features)));
});

Deno.test("learnPruner() refuses examples of one kind", () => {
  for (const isPair of [true, false]) {
    const same = examples.map((one) => ({ ...one, isPair }));
    throws(() => learnPruner(same, openRng(1)), {
      message: `Cannot learn which candidates are partners: ${
        isPair ? "each" : "none"
      } of 120 is a true pair`,
    });
  }
});

Deno.test("withBestThreshold() takes the middle of the best thresholds", () => {
  const pruner = learnPruner(examples, openRng(1));
  const features = examples.map((one) => one.features);
  // Best are those that keep some but not all, whichever.
  const { threshold } = withBestThreshold(pruner, {
    features,
    score: (kept) => kept.length < 100 ? 1 : 0,
  });
  const least = Array.from({ length: 19 }, (_, k) => (k + 1) / 20)
    .filter((at) =>
      features.filter((one) => partnerProbability(pruner, one) >= at).length <
        100
    );
  deepStrictEqual(threshold, least[least.length >> 1]);
});
