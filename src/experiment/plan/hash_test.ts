import { deepStrictEqual, notDeepStrictEqual, ok } from "node:assert";
import { canonicalJson, type Entry, sha256Hex, traceOf } from "@/core/mod.ts";
import { nets } from "@/model/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { type JsonSchema, jsonSchemaOf } from "../schema/json_schema.ts";
import { checkSpec } from "../spec/mod.ts";
import { specSchema } from "../spec/spec_schema.ts";
import { planHashes } from "./mod.ts";

const base = {
  name: "small",
  data: { train: [{ source: { type: "phantom" } }] },
  model: { type: "resUnet", filters: [4, 8], anisotropicLevels: 1 },
  loss: { terms: [{ type: "bce" }] },
};
const hashesOf = (change: Record<string, unknown> = {}) =>
  planHashes(checkSpec({ ...base, ...change }, "test"));
const plain = hashesOf();

const train = [{ source: { type: "phantom" } }];
const refined = (change: Record<string, unknown>) => ({
  loss: { terms: [{ type: "bce" }], levels: [1] },
  model: { type: "refine", ...change },
});

Deno.test("planHashes() leaves out what decides no number", () => {
  for (
    const change of [
      { name: "other" },
      { summary: "words", notes: "more", tags: ["a"] },
      { report: { atEnd: false } },
      { data: { train: [{ source: { type: "phantom" }, name: "lower" }] } },
      { data: { ...base.data, allowOverlap: true } },
      { evaluate: { allowEmpty: true } },
      { train: { workers: 7, ahead: 9, eager: true } },
      { train: { recordSamples: "parameters" } },
      { train: { volumeSave: 12 } },
      { model: { ...base.model, recompute: true } },
    ]
  ) deepStrictEqual(hashesOf(change), plain, JSON.stringify(change));
  const outer = hashesOf(refined({}));
  for (
    const change of [
      { recompute: true },
      { base: { type: "resUnet", recompute: true } },
      { base: { type: "denseUnet", recompute: true } },
    ]
  ) {
    const same = change.base?.type === "denseUnet"
      ? hashesOf(refined({ base: { type: "denseUnet" } }))
      : outer;
    deepStrictEqual(
      hashesOf(refined(change)),
      same,
      JSON.stringify(change),
    );
  }
});

Deno.test("planHashes() tells what decides weights from what is measured of them", () => {
  const measured = [
    { infer: { tta: { type: "flips" } } },
    { evaluate: { sectionsShown: 3 } },
    { evaluate: { tuneBy: "ap" } },
    { postprocess: [{ type: "size" }] },
    { postprocess: [{ type: "size", minVox: 20 }] },
    { postprocess: [{ type: "size" }, { type: "size" }] },
    { evaluate: { metrics: ["averagePrecision", "dice"] } },
    {
      evaluate: {
        metrics: ["averagePrecision", { type: "objects", minOverlapVox: 5 }],
      },
    },
    { data: { train, test: train } },
  ].map(hashesOf);
  for (const { trainingHash } of measured) {
    assertEquals(trainingHash, plain.trainingHash);
  }
  const trained = [
    { seed: 2 },
    { train: { batch: 3 } },
    { train: { threads: 1 } },
    { train: { engine: "embedded" } },
    { train: { precision: "bf16" } },
    { train: { validateEvery: 3 } },
    { optimizer: { type: "adam", learningRate: 0.01 } },
    { loss: { terms: [{ type: "bce", weight: 2 }] } },
    { augment: [{ type: "simple" }] },
    { augment: [{ type: "simple" }, { type: "simple" }] },
    { infer: { overlap: 0.25 } }, // of validations, which choose the best
    { data: { train, validation: train } },
    { evaluate: { metrics: ["dice", "averagePrecision"] } }, // ranks by Dice
    { evaluate: { metrics: [{ type: "objects" }] } },
    { evaluate: { metrics: [{ type: "objects", minOverlapVox: 5 }] } },
  ].map(hashesOf);
  const all = [plain, ...measured, ...trained];
  assertEquals(new Set(all.map(({ hash }) => hash)).size, all.length);
  assertEquals(
    new Set([plain, ...trained].map((one) => one.trainingHash)).size,
    trained.length + 1,
  );
  notDeepStrictEqual(plain.hash, plain.trainingHash);
});

Deno.test("planHashes() counts the metrics that a training watches", () => {
  const watching = (minOverlapVox: number, change: object) =>
    hashesOf({
      data: { train, validation: train },
      evaluate: { metrics: ["dice", { type: "objects", minOverlapVox }] },
      ...change,
    }).trainingHash;
  const plateau = { schedule: { type: "plateau", metric: "found" } };
  const stop = { train: { stopEarly: { metric: "found" } } };
  for (const change of [plateau, stop]) {
    notDeepStrictEqual(watching(1, change), watching(2, change));
  }
  const other = { schedule: { type: "plateau" } }; // Dice
  assertEquals(watching(1, other), watching(2, other));
});

Deno.test("planHashes() counts what is watched once, and not where all its options are defaults", () => {
  const objects = { type: "objects", minOverlapVox: 5 };
  const without = ["nothing", "measurement"] as const;
  const cases: readonly [
    watched: string,
    metrics: readonly unknown[],
    counted: readonly unknown[],
  ][] = [
    ["ap", ["dice", "averagePrecision"], [["dice", { type: "dice" }]]],
    ["found", ["dice", objects], [["dice", { type: "dice" }], objects]],
    ["found", [objects], [["found", objects]]],
  ];
  for (const [metric, metrics, counted] of cases) {
    const spec = checkSpec({
      ...base,
      data: { train, validation: train },
      evaluate: { metrics },
      schedule: { type: "plateau", metric },
    }, "test");
    const trace = traceOf(spec, jsonSchemaOf(specSchema), { without });
    assertEquals(
      planHashes(spec).trainingHash,
      sha256Hex(canonicalJson(["training", trace, ...counted])),
    );
  }
});

Deno.test("planHashes() sees no difference between a default and nothing", () => {
  const written = {
    seed: 1,
    augment: [],
    sampler: { type: "uniform", patchVox: [8, 96, 96] },
    optimizer: { type: "adam", learningRate: 0.0001 },
    train: { batch: 2, average: { type: "none" } },
    infer: { overlap: 0.5, blend: { type: "ramp" } },
    evaluate: {
      metrics: ["averagePrecision", "dice", "cremi", {
        type: "objects",
        minOverlapVox: 1,
      }],
    },
  };
  deepStrictEqual(hashesOf(written), plain);
});

Deno.test("planHashes() takes a preset for the options it stands for", () => {
  deepStrictEqual(
    hashesOf({ model: { type: "resUnet", preset: "report" } }),
    hashesOf({ model: { type: "resUnet" } }),
  );
});

Deno.test("an option that is new and at its default changes no hash", () => {
  const schema = jsonSchemaOf(specSchema);
  const value = checkSpec(base, "test");
  const without = ["nothing", "measurement"] as const;
  const trace = traceOf(value, schema, { without });
  const grown = {
    ...schema,
    properties: {
      ...schema.properties,
      fresh: { default: [1] },
      loss: withOption(schema.properties!["loss"]!),
    },
  };
  const later = {
    ...value,
    fresh: [1],
    loss: {
      ...value.loss,
      terms: value.loss.terms.map((term) => ({ ...term, fresh: 0 })),
    },
  };
  deepStrictEqual(traceOf(later, grown, { without }), trace);
});

/** The loss with an option more for each of its terms. */
function withOption(loss: JsonSchema): JsonSchema {
  const terms = loss.properties!["terms"]!;
  const items = terms.items as JsonSchema;
  const oneOf = items.oneOf!.map((one) => ({
    ...one,
    properties: { ...one.properties, fresh: { default: 0 } },
  }));
  return {
    ...loss,
    properties: {
      ...loss.properties,
      terms: { ...terms, items: { ...items, oneOf } },
    },
  };
}

Deno.test("evaluate.metrics takes names and entries with options", () => {
  const of = (...list: unknown[]) =>
    checkSpec({ ...base, evaluate: { metrics: list } }, "test")
      .evaluate.metrics;
  const entries = of("dice", { type: "objects", minOverlapVox: 3 });
  deepStrictEqual(entries, [
    { type: "dice" },
    { type: "objects", minOverlapVox: 3, minTruthVox: 1, minComponentVox: 1 },
  ]);
  deepStrictEqual(of(...entries), entries);
  deepStrictEqual(
    checkSpec(base, "test").evaluate.metrics.map(({ type }: Entry) => type),
    ["averagePrecision", "dice", "cremi", "objects"],
  );
});

Deno.test("every network says that recompute changes no bit", () => {
  for (const { name, options } of nets.components) {
    if (!("recompute" in options)) continue;
    const { properties } = jsonSchemaOf(nets.schema).oneOf!
      .find((one) => one.properties?.["type"]?.const === name)!;
    ok(properties!["recompute"]!.decides === "nothing", name);
  }
});
