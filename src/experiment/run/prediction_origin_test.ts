import { deepStrictEqual } from "node:assert/strict";
import type { InputFile } from "@/core/mod.ts";
import type { Artifact } from "@/record/mod.ts";
import { predictionOrigin, type PredictionParts } from "./prediction_origin.ts";

const file = (sha256: string): InputFile => ({
  ...{ path: `/${sha256}`, bytes: 1, sha256 },
});
const read = (split: string | null, sha256: string) => ({
  ...{ role: "any", split, run: null, ...file(sha256) },
});

/** What is said of a prediction of a made-up run. */
function originOf(changes: object) {
  const inputs = [
    ...[read("train", "a"), read("test", "a"), read("train", "b")],
    read(null, "c"),
  ];
  const metrics = [{ type: "dice" }];
  return predictionOrigin({
    artifacts: () => [],
    artifact: () => new Uint8Array(),
    metrics: () => [
      { split: "validation", name: "threshold", step: 4, value: 0.25 },
    ],
  }, {
    run: { id: "a-run", experiment: "x", planHash: "hash", inputs },
    spec: { evaluate: { metrics } },
    checkpoint: { name: "checkpoint/best", sha256: "weights" } as Artifact,
    engine: {
      facts: { engine: "embedded", precision: "fp32", versions: { tfjs: "1" } },
    },
    ...{ step: 4, tta: "none", volume: { inputs: [] }, head: null },
    notes: [],
    ...changes,
  } as unknown as PredictionParts);
}

Deno.test("predictionOrigin() tells run, weights and engine, and how clefts are called", () => {
  const { versions, ...origin } = originOf({});
  deepStrictEqual(origin, {
    ...{ run: "a-run", experiment: "x", head: null, planSha256: "hash" },
    ...{ step: 4, weights: "best", checkpointSha256: "weights" },
    ...{ threshold: 0.25, metrics: [{ type: "dice" }], postprocess: [] },
    ...{ engine: "embedded", precision: "fp32", tta: "none" },
    ...{ inputs: [], usedFor: [] },
  });
  deepStrictEqual(Object.keys(versions), ["cleft", "tfjs"]);
  const checkpoint = { name: "checkpoint/last", sha256: "other" };
  deepStrictEqual(originOf({ checkpoint }).weights, "last");
});

Deno.test("predictionOrigin() keeps what is to be known of the volume", () => {
  deepStrictEqual(originOf({ notes: ["odd"] }).notes, ["odd"]);
});

Deno.test("predictionOrigin() says nothing of clefts of another head", () => {
  const { head, threshold, metrics, postprocess } = originOf({ head: "to" });
  deepStrictEqual(
    [head, threshold, metrics, postprocess],
    ["to", null, [], []],
  );
});

Deno.test("predictionOrigin() says what the run read the same voxels for, once each", () => {
  const usedFor = (volume: object) => originOf({ volume }).usedFor;
  deepStrictEqual(usedFor({ inputs: [file("b"), file("a")] }), [
    ...["train", "test"],
  ]);
  deepStrictEqual(usedFor({ inputs: [file("c"), file("d")] }), []);
  const wayBack = { original: { inputs: [file("b")] } };
  deepStrictEqual(usedFor({ inputs: [file("a")], wayBack }), ["train"]);
});
