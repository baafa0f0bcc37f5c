import assert from "node:assert/strict";
import {
  findingsOf,
  flattenPlan,
  planWithoutSeed,
  samplesPerStepOf,
} from "./plan.ts";

Deno.test("flattenPlan() names leaves as the experiment file does", () => {
  const plan = {
    hash: "ab",
    spec: {
      seed: 1,
      model: { filters: [8, 16] },
      loss: { terms: [{ type: "bce", weight: 1 }] },
      augment: [],
      extra: {},
    },
    parameters: 100,
    shapes: [{ name: "image" }],
  };
  assert.deepEqual([...flattenPlan(JSON.stringify(plan))], [
    ["seed", "1"],
    ["model.filters", "[8, 16]"],
    ["loss.terms[0].type", '"bce"'],
    ["loss.terms[0].weight", "1"],
    ["augment", "[]"],
    ["extra", "{}"],
    ["hash", '"ab"'],
    ["parameters", "100"],
  ]);
});

Deno.test("flattenPlan() shows what is no JSON as it is", () => {
  assert.deepEqual([...flattenPlan("{oops")], [["plan", "{oops"]]);
  assert.deepEqual([...flattenPlan("null")], [["plan", "null"]]);
});

Deno.test("planWithoutSeed() is equal for seeds alone, not for data seeds", () => {
  const plan = (seed: number, phantomSeed: number) =>
    planWithoutSeed(
      "mixloss",
      JSON.stringify({
        hash: `${seed}`,
        spec: { seed, data: [{ type: "phantom", seed: phantomSeed }] },
      }),
    );
  assert.equal(plan(1, 5), plan(2, 5));
  assert.notEqual(plan(1, 5), plan(1, 6));
});

Deno.test("plans that name metrics and plans with entries of them are alike", () => {
  const planOf = (metrics: unknown, more = {}) =>
    JSON.stringify({ spec: { evaluate: { metrics } }, hash: "a", ...more });
  const before = planOf(["dice", "objects"]);
  const objects = { type: "objects", minOverlapVox: 1, minTruthVox: 1 };
  const now = planOf(
    [{ type: "dice" }, { ...objects, minComponentVox: 1 }],
    { trainingHash: "b", ranking: { name: "dice", better: "higher" } },
  );
  assert.deepEqual(flattenPlan(now), flattenPlan(before));
  assert.equal(planWithoutSeed("x", now), planWithoutSeed("x", before));
  const other = planOf([{ type: "dice" }, {
    ...objects,
    minComponentVox: 2,
  }]);
  assert.notEqual(planWithoutSeed("x", other), planWithoutSeed("x", before));
});

Deno.test("plans whose labels were counted are alike to those before", () => {
  const place = { split: "train", name: "a" };
  const planOf = (volume: object, more = {}) =>
    JSON.stringify({ spec: {}, volumes: [volume], ...more });
  const findings = [{ level: "problem", text: "Splits share voxels" }];
  const before = planOf(place);
  const now = planOf({ ...place, labels: { clefts: 1 } }, { findings });
  assert.equal(planWithoutSeed("x", now), planWithoutSeed("x", before));
  assert.notEqual(
    planWithoutSeed("x", planOf({ ...place, name: "b" })),
    planWithoutSeed("x", before),
  );
  assert.deepEqual([...flattenPlan(now)], [
    ["volumes[0].split", '"train"'],
    ["volumes[0].name", '"a"'],
    ["volumes[0].labels.clefts", "1"],
  ]);
  assert.deepEqual(findingsOf(now), findings);
  assert.deepEqual(findingsOf(before), []);
  assert.deepEqual(findingsOf("{oops"), []);
  assert.deepEqual(findingsOf('{"findings":[{"level":"loud"}]}'), []);
});

Deno.test("samplesPerStepOf() is null where the plan does not tell", () => {
  const of = (train: object) =>
    samplesPerStepOf(JSON.stringify({ spec: { train } }));
  assert.equal(of({ batch: 4 }), 4); // plans from before steps gathered
  assert.equal(of({ batch: 4, accumulate: 3 }), 12);
  assert.equal(of({ batch: 0 }), null);
  assert.equal(samplesPerStepOf("{oops"), null);
});
