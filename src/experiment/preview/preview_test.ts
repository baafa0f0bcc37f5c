import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { decode } from "fast-png";
import { ExperimentError } from "@/core/mod.ts";
import { smallPhantom, smallPlan, type Written } from "../run/_testing.ts";
import { mostDraws, previewExperiment } from "./preview.ts";

const place = { dataRoots: [], cacheFolder: "/nowhere" };

/** What is shown of some augmentations. */
function preview(augment: readonly Written[], draws = 2) {
  const { spec } = smallPlan({
    ...{ augment, summary: "words", seed: 5 },
    data: { train: [smallPhantom(15)], validation: [] },
  });
  return previewExperiment(spec, { draws, place });
}

Deno.test("previewExperiment() shows all augmentations together, then each by itself", async () => {
  const augment = [
    { type: "intensity", p: 0.5 },
    { type: "simple", p: 0 },
  ];
  const { stages, ...facts } = await preview(augment);
  deepStrictEqual(facts, {
    ...{ title: "small", summary: "words", seed: 5 },
    ...{ patchVox: [2, 8, 8], voxelNm: [50, 20, 20], section: 0 },
  });
  deepStrictEqual(
    stages.map(({ id, title, p, draws }) => [id, title, p, draws.length]),
    [
      ["together", "all together", null, 2],
      ["augment-0", "intensity", 0.5, 2],
      ["augment-1", "simple", 0, 2],
    ],
  );
  deepStrictEqual(
    stages[0]!.summary,
    "intensity, simple: the first samples of the training with a cleft",
  );
  const [together, intensity, simple] = stages;
  deepStrictEqual(stages.map(({ changes }) => changes.draws), [
    ...[mostDraws, mostDraws, mostDraws],
  ]);
  // By themselves, each is always applied, and nothing else.
  deepStrictEqual(intensity!.changes.samples, 1);
  deepStrictEqual(intensity!.changes.greySections, 1);
  deepStrictEqual(intensity!.changes.labelSections, 0);
  ok(together!.changes.samples > 0.2 && together!.changes.samples < 0.8);
  deepStrictEqual(together!.changes.labelSections, 0); // never turned
  ok(simple!.changes.labelSections > 0);
  for (
    const [stage, type] of [[intensity, "intensity"], [
      simple,
      "simple",
    ]] as const
  ) {
    for (const { steps } of stage!.draws) {
      deepStrictEqual(steps.map((step) => step.type), [type]);
    }
  }
  deepStrictEqual(
    together!.draws.map(({ address }) => address),
    ["5/sample/1", "5/sample/2"], // 0 has no cleft
  );
});

Deno.test("previewExperiment() tells options that are no default first", async () => {
  const { stages } = await preview([{
    type: "elastic",
    jitterSigma: [0, 3, 3],
  }]);
  deepStrictEqual(stages[0]!.options, []);
  const [first, ...others] = stages[1]!.options;
  deepStrictEqual(first, {
    ...{ name: "jitterSigma", value: [0, 3, 3], isDefault: false },
  });
  ok(others.length > 2 && others.every(({ isDefault }) => isDefault));
  ok(!others.some(({ name }) => ["type", "p"].includes(name)));
  deepStrictEqual(stages[1]!.p, 1);
});

Deno.test("previewExperiment() has shares of grey values, before and after", async () => {
  const { stages: [, intensity] } = await preview([{ type: "intensity" }]);
  const { before, after } = intensity!.greys;
  for (const shares of [before, after]) {
    deepStrictEqual(shares.length, 64);
    const sum = shares.reduce((a, b) => a + b, 0);
    ok(Math.abs(sum - 1) < 1e-9);
  }
  ok(before.some((share, i) => share !== after[i]));
  // One patch with its grey values, whatever is done to it; it has clefts.
  const [one, two] = intensity!.draws;
  deepStrictEqual(one!.before, two!.before);
  ok(one!.after !== two!.after);
});

Deno.test("previewExperiment() shows each by itself where most is cleft before anything is done to it", async () => {
  const shown = async (...augment: readonly Written[]) => {
    const { stages: [together, ...alone] } = await preview(augment, mostDraws);
    return { together, alone };
  };
  const elastic = { type: "elastic", jitterSigma: [0, 4, 4], p: 0.5 };
  const { together, alone } = await shown(elastic, { type: "intensity" });
  const [bent, greyer] = alone.map(({ draws }) => draws[0]!.before);
  deepStrictEqual(bent, greyer);
  const cleftIn = ({ labels }: { readonly labels: Uint8Array }) =>
    decode(labels).data.filter((label) => label === 255).length;
  deepStrictEqual(
    cleftIn(bent!),
    Math.max(...together!.draws.map(({ before }) => cleftIn(before))),
  );
  const applied = together!.draws.map(({ steps }) => steps.length);
  deepStrictEqual(new Set(applied), new Set([1, 2]));
});

Deno.test("previewExperiment() shows samples with a cleft first", async () => {
  const { stages: [all] } = await preview([{ type: "intensity" }], mostDraws);
  const have = all!.draws.map(({ before }) =>
    decode(before.labels).data.includes(255)
  );
  deepStrictEqual(new Set(have), new Set([true, false]));
  deepStrictEqual(have, have.toSorted((a, b) => Number(b) - Number(a)));
});

Deno.test("previewExperiment() refuses an experiment without augmentations", async () => {
  await rejects(preview([]), (error) => {
    ok(error instanceof ExperimentError);
    deepStrictEqual(error.message, "Cannot show augmentations: there are none");
    return true;
  });
});
