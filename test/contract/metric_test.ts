import * as assert from "node:assert";
import { defaultOptions, openRng, type Zyx } from "@/core/mod.ts";
import { measure, type MetricInput, metrics } from "@/metric/mod.ts";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";

const shapeVox: Zyx = [4, 20, 20];

/** A few bars as truth, a tenth unlabelled, and any prediction of them. */
function makeInput(
  predict: (truth: number, noise: number) => number,
): MetricInput {
  const rng = openRng(4);
  const target = Uint8Array.from(
    { length: 1600 },
    (_, i) => i % 20 > 5 && i % 20 < 12 && Math.floor(i / 20) % 7 < 2 ? 1 : 0,
  );
  return {
    probability: Float32Array.from(
      target,
      (truth) => predict(truth, rng.uniform(0, 1)),
    ),
    target,
    mask: Uint8Array.from(target, () => rng.integer(10) === 0 ? 0 : 1),
    shapeVox,
    voxelNm: [40, 4, 4],
  };
}
const perfect = makeInput((truth, noise) => truth + 0.1 * noise);
const noisy = makeInput((truth, noise) => 0.3 * truth + 0.7 * noise);
const inverted = makeInput((truth) => 1 - truth);
const flat = makeInput(() => 0.5);
const nothingSaid = { ...flat, threshold: 0.9 };
const nothingThere = { ...noisy, target: new Uint8Array(1600) };
const broken = makeInput(() => NaN);

const named = (name: string) => {
  const component = metrics.components.find((c) => c.name === name)!;
  return component.create(defaultOptions(component));
};

for (const { name } of metrics.components) {
  const metric = named(name);

  Deno.test(`${name}() gives a perfect prediction the best values`, () => {
    const values = metric.evaluate(perfect);
    for (const output of metric.outputs) {
      if (output.best === null) continue;
      assertEquals(values[output.name]!, output.best, output.name);
    }
  });

  Deno.test(`${name}() gives its outputs, each finite, in bounds or null`, () => {
    const inputs = [noisy, inverted, flat, nothingSaid, nothingThere, broken];
    for (const input of inputs) {
      const values = metric.evaluate(input);
      assert.deepStrictEqual(
        Object.keys(values),
        metric.outputs.map((output) => output.name),
      );
      for (const { name, bounds: [low, high] } of metric.outputs) {
        const value = values[name]!;
        if (value === null) continue;
        assert.ok(Number.isFinite(value), `${name} is ${value}`);
        assert.ok(value >= low && value <= high, `${name} is ${value}`);
      }
    }
  });

  Deno.test(`${name}() repeats itself and leaves its input as it was`, () => {
    const input = makeInput((truth, noise) => 0.3 * truth + 0.7 * noise);
    const first = metric.evaluate(input);
    assert.deepStrictEqual(metric.evaluate(input), first);
    for (const array of ["probability", "target", "mask"] as const) {
      assertSameNumbers(input[array], noisy[array], array);
    }
  });

  Deno.test(`${name}() says nothing of unlabelled voxels`, () => {
    const other = {
      ...noisy,
      probability: noisy.probability.map((p, i) => noisy.mask[i] ? p : 1 - p),
      target: noisy.target.map((t, i) => noisy.mask[i] ? t : 1 - t),
    };
    assert.deepStrictEqual(metric.evaluate(other), metric.evaluate(noisy));
  });

  Deno.test(`${name}() refuses arrays that do not fill the volume`, () => {
    const short = { ...noisy, mask: new Uint8Array(5), threshold: 0.5 };
    assert.throws(() => metric.evaluate(short), {
      name: "RangeError",
      message: 'Cannot evaluate: "mask" has 5 values, the volume 1600 voxels',
    });
  });
}

Deno.test("metrics have outputs of different names and labels, each described", () => {
  const outputs = metrics.components.flatMap(({ name }) => named(name).outputs);
  for (const key of ["name", "label"] as const) {
    assertEquals(new Set(outputs.map((o) => o[key])).size, outputs.length);
  }
  const names = outputs.map(({ name }) => name);
  for (const { label, summary, best, better, bounds, outOf } of outputs) {
    for (const text of [label, summary]) assert.match(text, /^[A-Z].*[^.]$/);
    if (outOf !== undefined) assert.ok(names.includes(outOf), outOf);
    if (best === null || better === "neither") continue;
    const end = bounds[better === "lower" ? 0 : 1];
    assertEquals(best, end, `best of "${label}", of which ${better} is better`);
  }
});

Deno.test("measure() gives the threshold of the best Dice, then every output", () => {
  const values = measure(noisy);
  const outputs = metrics.components.flatMap(({ name }) => named(name).outputs);
  assert.deepStrictEqual(
    Object.keys(values),
    [...new Set(["threshold", ...outputs.map((o) => o.name)])],
  );
  assertEquals(values.threshold, named("dice").evaluate(noisy).threshold);
  assertEquals(values.score, named("cremi").evaluate(noisy).score);
});

Deno.test("measure() keeps to a given threshold", () => {
  assertEquals(measure({ ...noisy, threshold: 0.25 }).threshold, 0.25);
});

Deno.test("measure() chooses no threshold where nothing labelled is cleft", () => {
  const empty = {
    ...noisy,
    target: noisy.target.map((t, i) => noisy.mask[i] ? 0 : t),
  };
  const values = measure(empty);
  assert.deepStrictEqual(Object.keys(values), Object.keys(measure(noisy)));
  for (const [name, value] of Object.entries(values)) {
    assertEquals(value, null, name);
  }
  const { dice, threshold, fp200 } = measure({ ...empty, threshold: 0.5 });
  assertEquals(dice, null);
  assertEquals(threshold, 0.5);
  assert.ok(fp200! > 0); // what is called cleft at a given threshold is false
});

Deno.test("measure() has no number for a prediction that is none", () => {
  const holed = { ...noisy, probability: noisy.probability.slice() };
  holed.probability[noisy.mask.indexOf(1)] = NaN;
  for (const input of [broken, holed, { ...holed, threshold: 0.5 }]) {
    const values = measure(input);
    assert.deepStrictEqual(Object.keys(values), Object.keys(measure(noisy)));
    assert.deepStrictEqual(new Set(Object.values(values)), new Set([null]));
  }
  const outside = { ...noisy, probability: noisy.probability.slice() };
  outside.probability[noisy.mask.indexOf(0)] = NaN; // where nothing is known
  assert.deepStrictEqual(measure(outside), measure(noisy));
});

Deno.test("measure() measures what was chosen, in that order", () => {
  const some = ["objects", "dice"].map(named);
  assert.deepStrictEqual(
    Object.keys(measure(noisy, some)),
    ["threshold", "objects", "found", "falseComponents", "dice"],
  );
});
