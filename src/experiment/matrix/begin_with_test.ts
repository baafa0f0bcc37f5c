import { deepStrictEqual, throws } from "node:assert/strict";
import { testFolder } from "@test/folder.ts";
import { planFile } from "./plan_file.ts";

const base = `data: { train: [{ source: { type: phantom } }] }
sampler: { type: uniform, patchVox: [4, 32, 32] }
model: { type: resUnet, filters: [4, 8], anisotropicLevels: 1 }
loss: { terms: [{ type: bce }] }
`;

/** The variants of a file with such a matrix. */
function variantsOf(matrix: string) {
  using folder = testFolder();
  Deno.writeTextFileSync(folder.path("x.yaml"), `${base}${matrix}`);
  return planFile("x.yaml", { folder: folder.path("") }).matrix!.variants;
}

Deno.test("init.run names another variant of the matrix by the axes in which it differs", () => {
  const variants = variantsOf(`matrix:
  stage:
    tuned: { init.run: "@stage=all", schedule: { type: constant } }
    more: { init.run: "@stage=tuned", train.batch: 4 }
    all: {}
  seed: [1, 2]
`);
  deepStrictEqual(
    variants.map(({ values, plan, beginsWith }) => [
      ...Object.values(values),
      plan.spec.init.run,
      beginsWith?.values,
    ]),
    [
      ["tuned", "1", "x@stage=all,seed=1", { stage: "all", seed: "1" }],
      ["tuned", "2", "x@stage=all,seed=2", { stage: "all", seed: "2" }],
      ["more", "1", "x@stage=tuned,seed=1", { stage: "tuned", seed: "1" }],
      ["more", "2", "x@stage=tuned,seed=2", { stage: "tuned", seed: "2" }],
      ["all", "1", undefined, undefined],
      ["all", "2", undefined, undefined],
    ],
  );
  deepStrictEqual(variants[2]!.beginsWith, variants[0]);
});

Deno.test("init.run refuses variants that there are not, and circles", () => {
  const refused = (matrix: string, message: RegExp) =>
    throws(() => variantsOf(matrix), { message });
  const stages = (a: string, b: string) =>
    `matrix: { stage: { a: ${a}, b: ${b} } }`;
  const from = (name: string) => `{ init.run: "@stage=${name}" }`;
  refused(stages(from("c"), "{}"), /the axis "stage" has no "c"/);
  refused(
    stages('{ init.run: "@seed=1" }', "{}"),
    /has no axis "seed"/,
  );
  refused(stages(from("a"), "{}"), /Cannot begin stage=a with stage=a/);
  refused(
    stages(from("b"), from("a")),
    /Cannot begin stage=\w with stage=\w: that one waits for it/,
  );
  refused('init: { run: "@stage=a" }', /the file has no matrix/);
});
