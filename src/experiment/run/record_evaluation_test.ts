import { deepStrictEqual } from "node:assert/strict";
import { decode } from "fast-png";
import type { Patch, Volume } from "@/core/mod.ts";
import { metrics } from "@/metric/mod.ts";
import { recordEvaluation } from "./record_evaluation.ts";

/** Two sections of 1 × 2 voxels, of which the first voxel is cleft. */
const patch: Patch = {
  image: Float32Array.of(0.2, 0.8, 1, 0),
  target: Uint8Array.of(1, 0, 0, 0),
  mask: Uint8Array.of(1, 1, 1, 1),
  shapeVox: [2, 1, 2],
};
const volume = {
  ...{ name: "a/b", shapeVox: [2, 1, 2], voxelNm: [40, 4, 4] },
} as unknown as Volume;

/** Records an evaluation at a threshold; the record, and what was kept. */
function record(threshold: number | null, sectionsShown = 2) {
  const kept = new Map<string, Uint8Array>();
  const evaluation = recordEvaluation(
    {
      artifact: (name, _, bytes) => {
        kept.set(name, bytes);
      },
    } as Parameters<typeof recordEvaluation>[0],
    {
      evaluated: {
        ...{ volume, patch, probability: Float32Array.of(0.6, 0.4, 0.5, 0) },
        scores: { threshold, dice: 1 },
      },
      place: {
        ...{ split: "test", thresholdFrom: "validation", step: 5 },
        objectsShown: 0,
        ...{ sectionsShown, metrics: [metrics.create({ type: "dice" })] },
      },
    },
  );
  return { evaluation, kept };
}

Deno.test("recordEvaluation() keeps scores, the baseline of darkness, and pictures of sections", () => {
  const { evaluation, kept } = record(0.5);
  const { sections, baseline, precisionRecall, ...rest } = evaluation;
  const { everySection, clefts, ...facts } = rest;
  deepStrictEqual(facts, {
    ...{ split: "test", volume: "a/b", step: 5, thresholdFrom: "validation" },
    ...{ shapeVox: [2, 1, 2], voxelNm: [40, 4, 4] },
    metrics: { threshold: 0.5, dice: 1 },
  });
  deepStrictEqual(sections, [
    { z: 1, dice: 0, truthVox: 0, predictedVox: 1 },
    { z: 0, dice: 1, truthVox: 1, predictedVox: 1 },
  ]);
  deepStrictEqual(everySection, sections.toReversed()); // by z
  deepStrictEqual(clefts, [{ atVox: [0, 0, 0], sizeVox: 1, foundVox: 1 }]);
  deepStrictEqual(Object.keys(baseline), ["threshold", "dice"]);
  deepStrictEqual(precisionRecall.length > 0, true);
  const base = "evaluation/test/a/b";
  deepStrictEqual([...kept.keys()], [
    `${base}.json`,
    ...[1, 0].flatMap((z) =>
      ["raw", "truth", "prediction"].map((what) => `${base}/${z}/${what}.png`)
    ),
  ]);
  const read = (name: string) => [...decode(kept.get(`${base}/${name}`)!).data];
  deepStrictEqual(read("0/raw.png"), [51, 204]);
  deepStrictEqual(read("1/raw.png"), [255, 0]);
  deepStrictEqual(read("0/truth.png"), [255, 0]);
  deepStrictEqual(read("0/prediction.png"), [153, 102]);
  deepStrictEqual(
    JSON.parse(new TextDecoder().decode(kept.get(`${base}.json`))),
    JSON.parse(JSON.stringify(evaluation)),
  );
});

Deno.test("recordEvaluation() calls nothing cleft without a threshold, and shows no more than wanted", () => {
  deepStrictEqual(record(null).evaluation.sections, [
    { z: 0, dice: 0, truthVox: 1, predictedVox: 0 },
  ]);
  const { kept, evaluation } = record(0.5, 0);
  deepStrictEqual([kept.size, evaluation.sections], [1, []]);
});
