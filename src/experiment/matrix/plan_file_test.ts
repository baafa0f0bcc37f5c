import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { join } from "node:path";
import { ExperimentFaults } from "@/core/mod.ts";
import { planFile } from "./plan_file.ts";

const text = `data: { train: [{ source: { type: phantom } }] }
sampler: { type: uniform, patchVox: [4, 32, 32] }
model: { type: resUnet, filters: [4, 8], anisotropicLevels: 1 }
loss: { terms: [{ type: bce }] }
`;

/** Plans a file of some content in a folder of its own. */
function plan(
  { name = "one.yaml", content = text, ...options }:
    & Parameters<
      typeof planFile
    >[1]
    & { readonly name?: string; readonly content?: string } = {},
) {
  const folder = Deno.makeTempDirSync({ prefix: "cleft-plan-" });
  try {
    Deno.writeTextFileSync(join(folder, name), content);
    return planFile(name, { folder, ...options });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("planFile() calls an experiment after its file, unless it says otherwise", () => {
  for (const name of ["one.yaml", "one.yml"]) {
    deepStrictEqual(plan({ name }).plan?.spec.name, "one");
  }
  const named = plan({ content: `name: other\n${text}` });
  deepStrictEqual(named.plan?.spec.name, "other");
  deepStrictEqual(named.matrix, null);
});

Deno.test("planFile() sets values in order, the seed last", () => {
  const overrides = ["seed=3", "train.batch=4"];
  const { plan: set } = plan({ overrides });
  deepStrictEqual([set!.spec.seed, set!.spec.train.batch], [3, 4]);
  deepStrictEqual(plan({ overrides, seed: 0 }).plan!.spec.seed, 0);
});

Deno.test("planFile() plans a matrix where the file or the command line has one", () => {
  const { plan: one, matrix } = plan({
    content: `${text}matrix: { seed: [1, 2] }\n`,
  });
  deepStrictEqual([one, matrix?.name, matrix?.variants.length], [
    null,
    "one",
    2,
  ]);
  deepStrictEqual(
    plan({ overrides: ["matrix.seed=[1, 2, 3]"] }).matrix?.variants.length,
    3,
  );
});

Deno.test("planFile() tells the faults of the file and of what is set together", () => {
  const content = text.replace("bce", "bca").replace("[4, 8]", "[4, x]");
  const faults = (options: Parameters<typeof plan>[0]) => {
    let said = "";
    throws(() => plan(options), (error) => {
      said = `${error}`;
      return error instanceof ExperimentFaults;
    });
    return said;
  };
  const said = faults({ content, overrides: ["train.bach=3"] });
  for (const word of ["bca", "filters", "bach"]) ok(said.includes(word), word);
  // A value that cannot be set is a fault, whatever else is sound.
  ok(faults({ overrides: ["train.bach=3"] }).includes("bach"));
});
