import { deepStrictEqual, match, throws } from "node:assert/strict";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { recorded, withoutIds, writeMlruns } from "./_testing.ts";
import { mlflowFiles } from "./mlflow_files.ts";

Deno.test("mlflowFiles reads what MLflow has recorded, but for what was deleted", () =>
  inTemporaryFolder((folder) => {
    const path = writeMlruns(folder);
    const runs = mlflowFiles.runs(path);
    deepStrictEqual(withoutIds(runs), recorded);
    for (const { id, where } of runs) match(where, new RegExp(`${id}$`));
    const [run] = runs;
    deepStrictEqual(mlflowFiles.runs(join(run!.where, "..")), runs);
    deepStrictEqual(
      [path, folder, join(path, "none")].map((at) => mlflowFiles.holds(at)),
      [true, false, false],
    );
  }));

Deno.test("mlflowFiles refuses what is damaged, and says where", () =>
  inTemporaryFolder((folder) => {
    const path = writeMlruns(folder);
    const { where } = mlflowFiles.runs(path)[0]!;
    const cases: readonly (readonly [string, string, RegExp])[] = [
      ["metrics/val/dice", "1700 0.5 1\n1700 0.5", /last line is cut short/],
      ["metrics/val/dice", "1700 x 1\n", /line 1 is no/],
      ["metrics/val/dice", "1700 0.5 1.5\n", /line 1 is no/],
      ["meta.yaml", "status: 3\n", /"run_id" is missing/],
      ["meta.yaml", "a: [", /it is no YAML/],
    ];
    for (const [name, text, why] of cases) {
      const file = join(where, name), before = Deno.readTextFileSync(file);
      Deno.writeTextFileSync(file, text);
      throws(() => mlflowFiles.runs(path), (error) => {
        match(`${error}`, /^Cannot read ".*" of MLflow: it is damaged/);
        match(`${error}`, why);
        return true;
      });
      Deno.writeTextFileSync(file, before);
    }
  }));
