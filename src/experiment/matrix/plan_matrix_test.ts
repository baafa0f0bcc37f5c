import { deepStrictEqual, ok } from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ExperimentFaults } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import type { ParseOptions } from "../spec/mod.ts";
import { variantText } from "@/record/mod.ts";
import { type Matrix, matrixRecord, planFile } from "./mod.ts";

const base = `data: { train: [{ source: { type: phantom } }] }
sampler: { type: uniform, patchVox: [4, 32, 32] }
model: { type: resUnet, filters: [4, 8], anisotropicLevels: 1 }
`;
const withLoss = base + "loss: { terms: [{ type: bce }] }\n";

/** Plans `table.yaml`, which consists of `text`; other files lie beside it. */
function plan(
  text: string,
  { others = {}, ...options }: ParseOptions & {
    others?: Readonly<Record<string, string>>;
  } = {},
): Matrix | null {
  const folder = Deno.makeTempDirSync();
  try {
    const files = { "table.yaml": text, ...others };
    for (const [name, content] of Object.entries(files)) {
      Deno.writeTextFileSync(join(folder, name), content);
    }
    return planFile("table.yaml", { folder, ...options }).matrix;
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** What is said about a file that cannot be used. */
function faultsOf(text: string, options: ParseOptions = {}): string {
  try {
    plan(text, options);
  } catch (error) {
    if (error instanceof ExperimentFaults) return `${error}`;
    throw error;
  }
  throw new Error("Expected faults");
}

const grid = base + `matrix:
  loss:
    dice: { loss.terms: [{ type: dice }] }
    mix: { loss.terms: [{ type: bce, useWeights: false }, { type: dice }] }
  train.batch: [2, 4]
  seed: [1, 2, 3]
`;

Deno.test("planMatrix() plans each combination, the last axis fastest", () => {
  const { name, axes, variants } = plan(grid)!;
  assertEquals(name, "table");
  deepStrictEqual(axes, [
    { name: "loss", values: ["dice", "mix"] },
    { name: "train.batch", values: ["2", "4"] },
    { name: "seed", values: ["1", "2", "3"] },
  ]);
  deepStrictEqual(
    variants.map(({ plan: { spec } }) =>
      `${spec.loss.terms.length} ${spec.train.batch} ${spec.seed}`
    ),
    "1 2 1,1 2 2,1 2 3,1 4 1,1 4 2,1 4 3,2 2 1,2 2 2,2 2 3,2 4 1,2 4 2,2 4 3"
      .split(","),
  );
  assertEquals(
    variantText(variants[4]!.values),
    "loss=dice · train.batch=4 · seed=2",
  );
  ok(variants.every(({ plan: { spec } }) => spec.name === "table"));
  assertEquals(new Set(variants.map(({ plan }) => plan.hash)).size, 12);
});

Deno.test("planMatrix() lets a value with a plus add to the one above it", () => {
  const { variants } = plan(
    withLoss + `matrix:
  step:
    baseline: {}
    + big batch: { train.batch: 4 }
    + dice: { "loss.terms[0]": { type: dice } }
    only dice: { loss.terms: [{ type: dice }] }
`,
  )!;
  deepStrictEqual(
    variants.map(({ values, plan: { spec } }) => [
      values["step"],
      spec.train.batch,
      spec.loss.terms[0]!.type,
    ]),
    [
      ["baseline", 2, "bce"],
      ["+ big batch", 4, "bce"],
      ["+ dice", 4, "dice"],
      ["only dice", 2, "dice"],
    ],
  );
});

Deno.test("planMatrix() calls a listed entry by its type, other values as written", () => {
  const { axes } = plan(
    withLoss + `matrix:
  schedule: [constant, { type: cosine }]
  model.filters: [[4, 8], [8, 16]]
`.replace("constant", "{ type: constant }"),
  )!;
  deepStrictEqual(axes.map(({ values }) => values), [
    ["constant", "cosine"],
    ["[4, 8]", "[8, 16]"],
  ]);
});

Deno.test("planMatrix() inherits axes and takes new ones from the command line", () => {
  const { name, variants } = plan(
    "extends: parent.yaml\nname: other\nmatrix: { train.batch: [2] }\n",
    {
      others: { "parent.yaml": withLoss + "matrix: { seed: [1, 2] }\n" },
      overrides: ["matrix.seed=[7, 8, 9]", "train.volumeTotal=40"],
    },
  )!;
  assertEquals(name, "other");
  deepStrictEqual(
    variants.map(({ plan: { spec } }) => [spec.seed, spec.train.volumeTotal]),
    [[7, 40], [8, 40], [9, 40]],
  );
});

Deno.test("planMatrix() gives variants the hash of the same experiment by itself", () => {
  const { variants } = plan(withLoss + "matrix: { seed: [1, 5] }\n")!;
  const [alone] = plan(withLoss + "seed: 5\nmatrix: { train.batch: [2] }\n")!
    .variants;
  assertEquals(variants[1]!.plan.hash, alone!.plan.hash);
});

Deno.test("matrixRecord() keeps places and hashes", () => {
  const matrix = plan(grid)!;
  const record = matrixRecord(matrix);
  deepStrictEqual(record.variants[11], {
    values: { loss: "mix", "train.batch": "4", seed: "3" },
    planHash: matrix.variants[11]!.plan.hash,
  });
  deepStrictEqual(JSON.parse(JSON.stringify(record)), record);
});

const matrixOf = (text: string) => `${withLoss}matrix:\n${text}`;
const cases: Readonly<Record<string, [text: string, says: string]>> = {
  "a matrix that is no mapping": [
    withLoss + "matrix: 3\n",
    "Cannot use 3 for matrix: it should be axes by name, such as { seed: [1, 2, 3] }\n" +
    "  at   table.yaml:5:9 matrix\n" +
    "  fix  Write axes by name, such as { seed: [1, 2, 3] }",
  ],
  "an axis that is no list": [
    matrixOf("  seed: 3\n"),
    "Cannot use 3 for matrix.seed: it should be a list of values, or sets of values by name\n" +
    "  at   table.yaml:6:9 matrix.seed\n" +
    "  fix  Write a list of values, or sets of values by name",
  ],
  "a set that is no mapping": [
    matrixOf("  loss: { dice: 3 }\n"),
    "Cannot use a mapping for matrix.loss: it should be a list of values, or sets of values by name\n" +
    "  at   table.yaml:6:9 matrix.loss\n" +
    "  fix  Write a list of values, or sets of values by name",
  ],
  "an empty axis": [
    matrixOf("  loss: {}\n"),
    'Cannot use the axis "loss": it has no value\n' +
    "  at   table.yaml:6:3 matrix.loss\n" +
    "  fix  Remove it, or write sets of values by name",
  ],
  "a matrix without axes": [
    withLoss + "matrix: {}\n",
    "Cannot use the matrix: it has no axis\n" +
    "  at   table.yaml:5:9 matrix\n" +
    "  fix  Remove it, or write an axis such as seed: [1, 2, 3]",
  ],
  "a value twice": [
    matrixOf("  seed: [1, 2, 1]\n"),
    'Cannot use the axis "seed": it has 1 twice\n' +
    "  at   table.yaml:6:16 matrix.seed[2]\n" +
    "  fix  Remove one of them",
  ],
  "an addition to nothing": [
    matrixOf("  step: { + dice: {} }\n"),
    'Cannot add "+ dice": there is no value above it on the axis "step"\n' +
    "  at   table.yaml:6:11 matrix.step.+ dice\n" +
    "  fix  Write what it adds to first, such as baseline: {}",
  ],
  "a list under a name that is no key": [
    matrixOf("  batch: [2, 4]\n"),
    'Cannot set batch: an experiment has no "batch"\n' +
    "  at   table.yaml:6:3\n" +
    "  fix  Write train.batch",
  ],
  "a path that does not exist": [
    matrixOf("  size: { big: { train.bach: 4 } }\n"),
    'Cannot set train.bach: train has no "bach"\n' +
    "  at   table.yaml:6:18\n" +
    "  fix  Write train.batch",
  ],
  "a misspelt path of a component": [
    matrixOf("  size: { big: { model.filtres: [2] } }\n"),
    'Cannot set model.filtres: model has no "filtres"\n' +
    "  at   table.yaml:6:18\n" +
    "  fix  Write model.filters",
  ],
  "a wrong value": [
    matrixOf("  size: { big: { train.batch: many } }\n  seed: [1, 2]\n"),
    'Cannot use "many" for train.batch: it is a text, it should be a whole number of at least 1\n' +
    "  at   table.yaml:6:31 train.batch\n" +
    "  fix  Write a whole number of at least 1, such as 2",
  ],
  "a misspelt type": [
    matrixOf("  loss: { d: { loss.terms: [{ type: dise }] } }\n"),
    'Cannot use "dise" for loss.terms[0].type: there is no such type\n' +
    "  at   table.yaml:6:37 loss.terms[0].type\n" +
    '  fix  Write "dice"',
  ],
  "a name": [
    matrixOf("  loss: { d: { name: other } }\n"),
    "Cannot set name: all experiments of a matrix share it\n" +
    "  at   table.yaml:6:16 matrix.loss.d.name\n" +
    "  fix  Remove it; the names of the values tell them apart",
  ],
  "something that is no path": [
    matrixOf("  loss: { d: { loss terms: 1 } }\n"),
    'Cannot set "loss terms": it is not a path\n' +
    "  at   table.yaml:6:16 matrix.loss.d.loss terms\n" +
    "  fix  Write a path such as train.batch or loss.terms[1].weight",
  ],
  "two variants that are the same": [
    matrixOf("  size: { a: {}, b: { train.workers: 7 }, c: { seed: 2 } }\n"),
    "Cannot tell two variants apart: size=a and size=b are the same experiment\n" +
    "  at   table.yaml:6:3 matrix\n" +
    "  fix  Remove a value, or let it change what the result depends on",
  ],
  "a network that cannot take its patch": [
    matrixOf(
      "  sampler.patchVox: [[4, 32, 32], [4, 33, 33]]\n  seed: [1, 2]\n",
    ),
    "Cannot pool 33 voxels along y by 2 after level 0: a patch of 33 does " +
    "not divide by 2\n" +
    "  at   sampler.patchVox[1] in sampler.patchVox=[4, 33, 33] · seed=1 and 1 more\n" +
    "  fix  Use 32 or 34",
  ],
};

for (const [what, [text, says]] of Object.entries(cases)) {
  Deno.test(`planMatrix() refuses ${what}`, () => {
    assertEquals(faultsOf(text), says);
  });
}

Deno.test("planMatrix() refuses an absurd grid before it expands it", () => {
  const digits = Array.from({ length: 10 }, (_, i) => i).join(", ");
  const paths = [
    ...["train.batch", "train.volumeTotal", "train.volumeSave", "seed"],
    ...["train.validateEvery", "train.ahead", "train.threads", "train.workers"],
    "evaluate.sectionsShown",
  ];
  const axes = paths.map((path) => `  ${path}: [${digits}]\n`).join("");
  const start = performance.now();
  assertEquals(
    faultsOf(matrixOf(axes)),
    "Cannot expand the matrix: it has 1,000,000,000 variants " +
      "(10 train.batch × 10 train.volumeTotal × 10 train.volumeSave × " +
      "10 seed × 10 train.validateEvery × 10 train.ahead × …), " +
      "the most are 1,000\n  at   table.yaml:6:3 matrix\n" +
      "  fix  Take values or axes away, or split it into several files; " +
      '"train.batch" is the longest axis',
  );
  ok(performance.now() - start < 2000);
});

Deno.test("planMatrix() refuses to set what an axis sets", () => {
  const text = matrixOf("  seed: [1, 2]\n");
  assertEquals(
    faultsOf(text, { seed: 3 }),
    'Cannot set seed: the axis "seed" of the matrix sets it\n' +
      "  at   --seed 3\n" +
      "  fix  Choose among its values by --only seed=…, or change the axis " +
      "by --set matrix.seed=…",
  );
});

const project = fileURLToPath(new URL("../../../", import.meta.url));
const guide = Deno.readTextFileSync(join(project, "docs/experiments.md"));
const examples = [...guide.matchAll(/```yaml\n(.*?)```/gs)]
  .map(([, text]) => text!).filter((text) => text.includes("matrix:"));

for (const [i, text] of examples.entries()) {
  Deno.test(`planMatrix() plans example ${i + 1} of the guide`, () => {
    const absolute = text.replace(/^extends: /m, `$&${project}experiments/`);
    const { axes, variants } = plan(absolute)!;
    const count = axes.reduce((n, { values }) => n * values.length, 1);
    assertEquals(variants.length, count);
    ok(count > 1);
  });
}
