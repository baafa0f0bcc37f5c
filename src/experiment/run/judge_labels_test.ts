import { deepStrictEqual } from "node:assert";
import type { LabelCounts } from "@/data/mod.ts";
import { makeVolume } from "@/data/volume/_testing.ts";
import type { Split } from "@/record/mod.ts";
import type { Spec } from "../spec/mod.ts";
import { regionOf } from "./_testing.ts";
import { type CountedRegion, judgeLabels } from "./judge_labels.ts";

const evaluate = {} as Spec["evaluate"];

/** A region of 1,000 voxels, by default all labelled, five of them cleft. */
function counted(
  place: `${Split}[${number}]`,
  labels: Partial<LabelCounts> | "none" | "not counted" = {},
): CountedRegion {
  const volume = makeVolume({
    shapeVox: [10, 10, 10],
    voxel: () => ({}),
    hasLabels: labels !== "none",
  });
  const counts = { clefts: 1, positive: 5, labelled: 1000, voxels: 1000 };
  return {
    region: regionOf(place, volume),
    counts: labels === "not counted"
      ? undefined
      : labels === "none"
      ? { clefts: 0, positive: 0, labelled: 0, voxels: 1000 }
      : { ...counts, ...labels },
  };
}

const noCleft = { clefts: 0, positive: 0 };
const unlabelled = { ...noCleft, labelled: 0 };

function faults(...regions: CountedRegion[]): string[] {
  const judged = judgeLabels(regions, { evaluate });
  return judged.faults.map(({ message, where }) => `${message} at ${where}`);
}

Deno.test("judgeLabels() has nothing against a cleft in each split", () => {
  const regions = [counted("train[0]"), counted("validation[0]")];
  deepStrictEqual(judgeLabels(regions, { evaluate }), {
    findings: [],
    faults: [],
  });
});

Deno.test("judgeLabels() refuses a split without a cleft, unless that is allowed", () => {
  const empty = (["train", "validation", "test"] as const)
    .map((split) => counted(`${split}[0]`, noCleft));
  deepStrictEqual(faults(...empty), [
    "Cannot train where nothing is cleft: the network learns to say nothing" +
    ' at data.train[0] "made"',
    "Cannot validate where nothing is cleft: no score, no threshold and no " +
    'best weights follow from it at data.validation[0] "made"',
    "Cannot test where nothing is cleft: no score follows from it" +
    ' at data.test[0] "made"',
  ]);
  const problems = [
    "data.train has no cleft: the network learns to say nothing",
    "data.validation has no cleft: no score, no threshold and no best weights follow from it",
    "data.test has no cleft: no score follows from it",
  ].map((text) => ({ level: "problem", text }));
  deepStrictEqual(
    judgeLabels(empty, { evaluate: { ...evaluate, allowEmpty: true } }),
    { findings: problems, faults: [] },
  );
  deepStrictEqual(judgeLabels(empty, { evaluate, isOnRecord: true }), {
    findings: problems,
    faults: [],
  });
});

Deno.test("judgeLabels() refuses a split that is all cleft, as any network is right there", () => {
  const all = { positive: 1000 };
  const regions = [counted("train[0]", all), counted("validation[0]", all)];
  deepStrictEqual(faults(...regions), [
    "Cannot train where all is cleft: the network learns to say cleft of " +
    'everything at data.train[0] "made"',
    "Cannot validate where all is cleft: all that a network calls cleft is " +
    'right at data.validation[0] "made"',
  ]);
  deepStrictEqual(
    judgeLabels(regions, { evaluate: { ...evaluate, allowEmpty: true } })
      .findings.filter(({ level }) => level === "problem")
      .map(({ text }) => text.replace(/:.*/, "")),
    ["data.train has no background", "data.validation has no background"],
  );
  // Labels of clefts alone are fine beside others.
  deepStrictEqual(faults(counted("train[0]", all), counted("train[1]")), []);
});

Deno.test("judgeLabels() warns of a volume without a cleft beside others", () => {
  const regions = [counted("test[0]"), counted("test[1]", noCleft)];
  deepStrictEqual(judgeLabels(regions, { evaluate }), {
    findings: [{
      level: "caution",
      text:
        'data.test[1] "made": nothing is cleft, so it has no part in most ' +
        "scores",
    }],
    faults: [],
  });
});

Deno.test("judgeLabels() refuses where nothing is labelled, allowed or not", () => {
  const without = counted("train[0]", unlabelled);
  const allowed = { ...evaluate, allowEmpty: true };
  deepStrictEqual(
    judgeLabels([without], { evaluate: allowed }).faults.map(String),
    [
      "Cannot train where no voxel is labelled\n" +
      '  at   data.train[0] "made"\n' +
      "  fix  Name a region that the labels cover",
    ],
  );
  deepStrictEqual(
    faults(
      counted("train[0]", "none"),
      counted("validation[0]", "none"),
      counted("validation[1]"),
      counted("test[0]"),
      counted("test[1]", unlabelled),
    ),
    [
      'Cannot train on a volume that has no cleft labels at data.train[0] "made"',
      "Cannot measure on a volume that has no cleft labels at " +
      'data.validation[0] "made"',
      'Cannot measure where no voxel is labelled at data.test[1] "made"',
    ],
  );
  const beside = [counted("train[0]", unlabelled), counted("train[1]")];
  deepStrictEqual(judgeLabels(beside, { evaluate }), {
    findings: [{
      level: "caution",
      text:
        'data.train[0] "made": nothing is labelled, so nothing is learnt from it',
    }],
    faults: [],
  });
});

Deno.test("judgeLabels() warns where more is cleft than of any tissue", () => {
  const region = counted("train[0]", { positive: 60 });
  deepStrictEqual(judgeLabels([region], { evaluate }).findings, [{
    level: "caution",
    text:
      'data.train[0] "made": 6.0 % of what is labelled is cleft, in tissue ' +
      "it is about 1 %: see that background is 0",
  }]);
});

Deno.test("judgeLabels() leaves what is not counted to the run", () => {
  deepStrictEqual(
    judgeLabels([
      counted("train[0]", "not counted"),
      counted("validation[0]", noCleft),
      counted("validation[1]", "not counted"),
    ], { evaluate }).faults,
    [],
  );
});
