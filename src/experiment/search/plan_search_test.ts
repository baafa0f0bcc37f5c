import { deepEqual, match, ok, throws } from "node:assert/strict";
import { join } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import { type Matrix, planFile } from "../matrix/mod.ts";
import type { ParseOptions } from "../spec/mod.ts";

const base = `data:
  train: [{ source: { type: phantom } }]
  validation: [{ source: { type: phantom, seed: 2 } }]
  test: [{ source: { type: phantom, seed: 3 } }]
sampler: { type: uniform, patchVox: [4, 32, 32] }
model: { type: resUnet, filters: [4, 8], anisotropicLevels: 1 }
loss: { terms: [{ type: bce }, { type: dice }] }
train: { volumeTotal: 90, validateEvery: 10 }
`;
const rate =
  "optimizer.learningRate: { type: logUniform, within: [1e-4, 1e-2] }";
const weight = "'loss.terms[1].weight': { type: uniform, within: [0.5, 2] }";

/** Plans `small.yaml`, which searches over some options. */
function plan(
  over: string,
  { search = "trials: 4", before = base, ...options }: ParseOptions & {
    readonly search?: string;
    readonly before?: string;
  } = {},
): Matrix {
  const folder = Deno.makeTempDirSync({ prefix: "cleft-search-" });
  try {
    const text = `${before}search: { ${search}, over: { ${over} } }\n`;
    Deno.writeTextFileSync(join(folder, "small.yaml"), text);
    return planFile("small.yaml", { folder, ...options }).matrix!;
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("planSearch() makes a variant of each trial, with what was drawn for it", () => {
  const { name, axes, variants, search } = plan(`${rate}, ${weight}`);
  deepEqual(name, "small");
  deepEqual(axes.map(({ name }) => name), [
    "trial",
    "optimizer.learningRate",
    "loss.terms[1].weight",
  ]);
  deepEqual(axes[0]!.values, ["1", "2", "3", "4"]);
  for (const { values, plan: { spec } } of variants) {
    const { learningRate } = spec.optimizer as unknown as {
      learningRate: number;
    };
    deepEqual(values["optimizer.learningRate"], `${learningRate}`);
    ok(learningRate >= 1e-4 && learningRate <= 1e-2);
    deepEqual(values["loss.terms[1].weight"], `${spec.loss.terms[1]!.weight}`);
    deepEqual(spec.loss.terms[0]!.weight, 1);
  }
  deepEqual(search!.rungs, [{ volume: 90, trials: 4 }]);
});

Deno.test("planSearch() leaves test volumes to the chosen trial, of the same training", () => {
  const { variants, search } = plan(rate);
  for (const [i, { plan }] of variants.entries()) {
    const chosen = search!.chosen[i]!;
    deepEqual(plan.spec.data.test, []);
    deepEqual(chosen.spec.data.test.length, 1);
    deepEqual(plan.trainingHash, chosen.trainingHash);
    ok(plan.hash !== chosen.hash);
  }
});

Deno.test("planSearch() draws the same for equal seeds, and more trials besides", () => {
  const hashes = (search: string) =>
    plan(rate, { search }).variants.map(({ plan }) => plan.hash);
  for (const type of ["sobol", "random"]) {
    const drawn = (trials: number, seed: number) =>
      hashes(`trials: ${trials}, seed: ${seed}, draw: { type: ${type} }`);
    const four = drawn(4, 1);
    deepEqual(drawn(6, 1).slice(0, 4), four);
    ok(drawn(4, 2).every((hash) => !four.includes(hash)));
  }
});

Deno.test("planSearch() leaves out what was drawn before", () => {
  const of =
    "model.block: { type: choice, of: [{ type: plain }, { type: residual }] }";
  const batch = "train.batch: { type: wholeNumber, within: [1, 2] }";
  const { variants } = plan(`${of}, ${batch}`);
  deepEqual(new Set(variants.map(({ plan }) => plan.hash)).size, 4);
  deepEqual(
    new Set(variants.map(({ values }) => values["model.block"])),
    new Set(["plain", "residual"]),
  );
  throws(
    () => plan(`${of}, ${batch}`, { search: "trials: 5" }),
    /Cannot draw 5 trials: there are only 4 that differ/,
  );
});

/** What a search is refused for: the options, what is said, and what else it has. */
const refused: readonly (readonly [
  over: string,
  reason: RegExp,
  options?: Parameters<typeof plan>[1],
])[] = [
  [
    "optimizer.learningRat: { type: uniform, within: [0, 1] }",
    /small\.yaml:9:\d+[\s\S]*Write optimizer\.learningRate/,
  ],
  [
    "optimizer.learningRate: { type: logUniform, within: [0, 1] }",
    /over\.optimizer\.learningRate\.within\[0\][\s\S]*above 0/,
  ],
  [
    "optimizer.learningRate: { type: uniform, within: [1, 1] }",
    /the range is empty[\s\S]*9:\d+ search\.over/,
  ],
  [
    "optimizer.learningRate: { type: logunifrom, within: [1, 2] }",
    /Write "logUniform"/,
  ],
  [
    "train.batch: { type: uniform, within: [1, 4] }",
    /Cannot use [\d.]+ for train\.batch[\s\S]*whole number/,
  ],
  [
    "sampler.patchVox: { type: choice, of: [[4, 32, 32], [4, 31, 32]] }",
    /31[\s\S]* in trial=\d/,
    { search: "trials: 2" },
  ],
  [
    "seed: { type: wholeNumber, within: [1, 9] }",
    /best of several seeds is luck/,
  ],
  ["name: { type: choice, of: [a, b] }", /all trials share it/],
  ["'loss terms': { type: choice, of: [1, 2] }", /it is not a path/],
  [
    `'loss.terms[1]': { type: choice, of: [{ type: dice }, { type: bce }] }, ${weight}`,
    /varied by loss\.terms\[1\] too/,
  ],
  ["", /there is no option/],
  [
    "evaluate.metrics: { type: choice, of: [[dice], [cremi]] }",
    /they differ in evaluate/,
    { search: "trials: 2" },
  ],
  [
    "train.volumeTotal: { type: wholeNumber, within: [50, 90] }",
    /they differ in train\.volumeTotal/,
  ],
  [
    "train.workers: { type: wholeNumber, within: [0, 3] }",
    /are the same experiment/,
  ],
  [rate, /no volume to validate on/, {
    before: base.replace(/ {2}validation.*\n/, ""),
  }],
  [rate, /a search and a matrix/, {
    before: `${base}matrix: { seed: [1, 2] }\n`,
  }],
  [rate, /a whole number from 2 to 1000/, { search: "trials: 1" }],
  [rate, /after 90 samples: they train with 90/, {
    search: "trials: 4, budget: { type: halving, volumeFirst: 90 }",
  }],
  [rate, /after 15 samples[\s\S]*validateEvery/, {
    search: "trials: 4, budget: { type: halving, volumeFirst: 15 }",
  }],
  [rate, /Cannot set optimizer\.learningRate: the search varies optimizer/, {
    overrides: ["optimizer.learningRate=1"],
  }],
];

Deno.test("planSearch() refuses what cannot be searched, with where and what to do", () => {
  for (const [over, reason, options] of refused) {
    throws(() => plan(over, options), (error) => {
      ok(error instanceof ExperimentError, `${error}`);
      match(`${error}`, reason);
      return true;
    });
  }
});

Deno.test("planSearch() tells the faults of many trials once, those of several options together", () => {
  const fraction = "infer.overlap: { type: uniform, within: [1, 2] }";
  const batch = "train.batch: { type: uniform, within: [0, 0.9] }";
  throws(() => plan(`${fraction}, ${batch}`), (error) => {
    deepEqual(`${error}`.match(/Cannot use/g)!.length, 2);
    return true;
  });
});
