import { deepStrictEqual, match, rejects } from "node:assert";
import { join } from "node:path";
import { planFile } from "@/experiment/mod.ts";
import type { Comparison } from "@/report/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { chosenVariants, comparisonText, matrixPlanText } from "./_matrix.ts";
import { recordScores } from "./_record_testing.ts";
import { testInFolder } from "./_testing.ts";

const axis = (name: string, ...values: readonly string[]) => ({ name, values });
const spread = (mean: number, deviation: number | null = null) => ({
  mean,
  deviation,
  n: 2,
});

const comparison: Comparison = {
  ranking: { name: "ap", better: "higher" },
  metrics: ["validation/ap", "test/dice", "validation/found"],
  variants: [
    {
      values: { loss: "bce", block: "plain" },
      finished: 2,
      seeds: 2,
      spreads: { "validation/ap": spread(0.4, 0.01), "test/dice": null },
    },
    {
      values: { loss: "dice", block: "plain" },
      finished: 1,
      seeds: 2,
      spreads: { "validation/ap": spread(0.5) },
    },
  ],
  changes: [],
};

const change = {
  axis: "loss",
  value: "dice",
  against: "bce",
  shared: { block: "plain", norm: "batch" },
  corrected: {},
};
const difference = (
  mean: number,
  interval: readonly [number, number] | null = null,
) => ({ mean, each: [], interval, p: null, effect: null });

const axes = [
  axis("loss", "bce", "dice"),
  axis("block", "plain"),
  axis("seed"),
];

/** The tables of a comparison of that matrix, a list of lines each. */
const texts = async (changes: Comparison["changes"] = []) =>
  (await comparisonText(
    { name: "m", axes, variants: [] },
    { ...comparison, changes },
  )).split("\n\n").map((text) =>
    text.split("\n").map((line) => line.replaceAll(/ {2,}/g, " | "))
  );

Deno.test("comparisonText() shows what ranks and what is prominent, over seeds", async () => {
  deepStrictEqual(await texts(), [[
    "loss | block | seeds | Validation AP | Test Dice",
    "bce | plain | 2 | 0.400 ± 0.0100 | –",
    "dice | plain | 1 of 2 | 0.500 | –",
  ]]);
});

Deno.test("comparisonText() shows each change that was measured", async () => {
  const [, changes, note] = await texts([
    {
      ...change,
      differences: {
        "validation/ap": difference(0.1, [-0.05, 0.25]),
        "test/dice": difference(-0.1),
      },
    },
    { ...change, shared: {}, differences: { "test/dice": difference(0) } },
    { ...change, differences: { "validation/found": difference(1) } },
    { ...change, differences: { "validation/ap": null } },
  ]);
  deepStrictEqual(changes, [
    "difference | with | Validation AP | Test Dice",
    "loss: dice − bce | plain · batch | +0.100 [-0.0500, +0.250] | -0.100 (one seed)",
    "loss: dice − bce | – | – | 0 (one seed)",
  ]);
  match(note![0]!, /^Mean ± standard deviation over seeds/);
});

Deno.test("chosenVariants() refuses to choose where there is no matrix", async () => {
  deepStrictEqual(await chosenVariants(null, {}), []);
  deepStrictEqual(await chosenVariants(null, { only: [] }), []);
  await rejects(chosenVariants(null, { only: ["a=b"] }), {
    where: "--only a=b",
  });
  await rejects(chosenVariants(null, { part: "1/2" }), { where: "--part 1/2" });
});

/** A matrix over a shipped experiment, whose plans need no data. */
function openMatrix(folder: string) {
  const base = join(import.meta.dirname!, "../../experiments/mixloss.yaml");
  const path = join(folder, "m.yaml");
  Deno.writeTextFileSync(
    path,
    `extends: ${base}\nmatrix:\n  loss:\n` +
      "    dice: { loss.terms: [{ type: dice }] }\n" +
      "    mix: {}\n  seed: [1, 2]\n",
  );
  return planFile(path).matrix!;
}

testInFolder(
  "matrixPlanText() lists the variants, and which have been run",
  async (folder) => {
    const matrix = openMatrix(folder);
    const { variants } = matrix;
    const where = { folder: join(folder, "results"), json: false };
    const none = await matrixPlanText(matrix, variants, where);
    match(none, /^loss +seed +parameters +steps +MiB +hash +state +run\n/);
    match(none, /^dice +1 +[\d,]+ +[\d,]+ +[\d,]+ +[0-9a-f]{12} +–$/m);
    match(
      none,
      /\n\nm: 4 variants, [\d,]+ steps, memory up to about [\d,]+ MiB$/,
    );

    const of = (i: number) => variants[i]!.plan;
    const id = recordScores(folder, {
      planHash: of(0).hash,
      state: "failed",
    });
    const trained = recordScores(folder, {
      trainingHash: of(1).trainingHash,
    });
    recordScores(folder, {
      trainingHash: of(2).trainingHash,
      state: "failed",
    });
    const lines = (await matrixPlanText(matrix, variants, where)).split("\n");
    match(lines[1]!, RegExp(` failed +${id}$`));
    match(lines[2]!, RegExp(` to measure +${trained}$`));
    match(lines[3]!, / –$/);
    const some = await matrixPlanText(matrix, variants.slice(1, 3), where);
    match(some, /\n\nm: 2 of 4 variants, /);

    const json = JSON.parse(
      await matrixPlanText(matrix, variants, { ...where, json: true }),
    );
    deepStrictEqual(
      json.variants.map((
        { values, run, trainedBy }: Record<string, unknown>,
      ) => ({ values, run, trainedBy })).slice(0, 3),
      [
        {
          values: { loss: "dice", seed: "1" },
          run: { id, state: "failed" },
          trainedBy: null,
        },
        { values: { loss: "dice", seed: "2" }, run: null, trainedBy: trained },
        { values: { loss: "mix", seed: "1" }, run: null, trainedBy: null },
      ],
    );
    assertEquals(json.variants[0].steps, of(0).steps.total);
  },
);

testInFolder(
  "matrixPlanText() sums the steps of what was chosen",
  async (folder) => {
    const matrix = openMatrix(folder);
    const { variants } = matrix;
    const [first] = variants;
    const text = await matrixPlanText(matrix, variants.slice(0, 3), {
      folder,
      json: false,
    });
    const steps = (3 * first!.plan.steps.total).toLocaleString("en");
    match(text, RegExp(`, ${steps} steps, `));
  },
);
