import { deepEqual } from "node:assert/strict";
import type { EvaluationRecord } from "@/record/mod.ts";
import type { SectionPictures } from "../data.ts";
import { openPage } from "../page.ts";
import { makeEvaluation, makeReport, makeRunData } from "../_testing.ts";
import { picturedVolumes } from "./_pictured_volumes.ts";

const picture = (z: number, changes: Partial<SectionPictures> = {}) => ({
  z,
  raw: "raw",
  truth: "truth",
  prediction: "prediction",
  ...changes,
});

const pictured = (
  experiment: string,
  pictures: readonly SectionPictures[],
  record: Partial<EvaluationRecord> = {},
) =>
  makeRunData({ experiment }, {
    evaluations: [{ record: makeEvaluation(record), pictures }],
  });

/** The volumes where three pictures are there: raw, truth, prediction. */
const open = (...runs: readonly ReturnType<typeof makeRunData>[]) => {
  const keys = ["raw", "truth", "prediction"];
  const pictures = new Map(keys.map((key) => [key, new Uint8Array()]));
  return picturedVolumes(openPage(makeReport(runs, { pictures })));
};

Deno.test("picturedVolumes() tells of a volume its extent, threshold and sections", () => {
  const sections = [{ z: 7, dice: 0.25, truthVox: 1, predictedVox: 1 }];
  deepEqual(
    open(pictured("a", [picture(7), picture(3)], {
      shapeVox: [2, 100, 200],
      voxelNm: [40, 4, 5],
      sections,
    })),
    [{
      label: "Validation · vnc_stack1 y 0–415",
      extentVox: [100, 200],
      extentNm: [400, 1000],
      runs: [{
        run: 0,
        label: "a",
        group: 0,
        threshold: 0.35,
        sections: [
          { ...picture(7), dice: 0.25 },
          { ...picture(3), dice: null }, // not recorded
        ],
      }],
    }],
  );
});

Deno.test("picturedVolumes() takes 0.5 where no threshold was chosen", () => {
  const [volume] = open(pictured("a", [picture(1)], { metrics: { ap: 0.5 } }));
  deepEqual(volume!.runs[0]!.threshold, 0.5);
});

Deno.test("picturedVolumes() does without a truth, not without the others", () => {
  const zs = (...pictures: readonly SectionPictures[]) =>
    open(pictured("a", pictures)).flatMap(({ runs }) =>
      runs.flatMap(({ sections }) => sections.map(({ z, truth }) => [z, truth]))
    );
  deepEqual(
    zs(
      picture(1, { truth: null }),
      picture(2, { truth: "gone" }),
      picture(3, { raw: "gone" }),
      picture(4, { prediction: "gone" }),
    ),
    [[1, null], [2, null]],
  );
  deepEqual(open(pictured("a", [picture(3, { raw: "gone" })])), []);
});

Deno.test("picturedVolumes() lists the best run first, volumes apart", () => {
  const seen = open(
    pictured("low", [picture(1)], { metrics: { ap: 0.1 } }),
    pictured("test", [picture(2)], { split: "test" }),
    pictured("high", [picture(3)], { metrics: { ap: 0.9 } }),
    pictured("bare", []),
  );
  deepEqual(
    seen.map(({ label, runs }) => [label, ...runs.map(({ label }) => label)]),
    [
      ["Validation · vnc_stack1 y 0–415", "high", "low"],
      ["Test · vnc_stack1 y 0–415", "test"],
    ],
  );
});

Deno.test("picturedVolumes() puts runs on their way last, and tells the step and a score", () => {
  const record = (changes: Partial<EvaluationRecord>) =>
    makeEvaluation({ step: 1200, ...changes });
  const onTheWay = (experiment: string, changes: Partial<EvaluationRecord>) =>
    makeRunData({ experiment, state: "running" }, {
      onTheWay: [{ record: record(changes), pictures: [picture(7)] }],
    });
  const seen = open(
    onTheWay("young", { metrics: { ap: 0.9, threshold: 0.25 } }),
    pictured("test", [picture(2)], { split: "test" }),
    pictured("done", [picture(3)]),
    onTheWay("other", { volume: "other", metrics: { dice: 0.9 } }),
  );
  deepEqual(
    seen.map(({ label, runs }) => [
      label,
      ...runs.map(({ label, threshold, onTheWay }) => [
        ...[label, threshold, onTheWay],
      ]),
    ]),
    [
      [
        "Validation · other",
        ["other", 0.5, { step: "1200", score: "AP –" }],
      ],
      [
        "Validation · vnc_stack1 y 0–415",
        ["done", 0.35, undefined],
        ["young", 0.25, { step: "1200", score: "AP 0.900" }],
      ],
      ["Test · vnc_stack1 y 0–415", ["test", 0.35, undefined]],
    ],
  );
});
