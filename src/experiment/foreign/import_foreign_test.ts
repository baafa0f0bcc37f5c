import { deepStrictEqual, match, throws } from "node:assert/strict";
import { join } from "node:path";
import { openRecords } from "@/record/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { planOf } from "../plan/mod.ts";
import { eventsFolder, writeDatabase, writeMlruns } from "./_testing.ts";
import { importForeign } from "./import_foreign.ts";
import { mlflowFiles } from "./mlflow_files.ts";

/** Imports into a results folder in `folder`; how many are new, changed, here already. */
function bring(
  folder: string,
  paths: readonly string[],
  mapped: Readonly<Record<string, string>> = {},
): readonly number[] {
  const { added, changed, had } = importForeign(paths, {
    map: new Map(Object.entries(mapped)),
    to: join(folder, "results"),
  });
  return [added, changed, had].map(({ length }) => length);
}

Deno.test("importForeign() makes runs that can be found, compared, and not repeated", () =>
  inTemporaryFolder((folder) => {
    const path = writeMlruns(folder);
    deepStrictEqual(bring(folder, [path], { "val/dice": "dice" }), [2, 0, 0]);
    using records = openRecords(join(folder, "results"));
    const [first, second] = records.runs();
    deepStrictEqual(
      [first, second].map((run) => [run!.experiment, run!.state, run!.seed]),
      [["Synapses/α", "finished", 0], ["Synapses/α", "interrupted", 1]],
    );
    // They differ in nothing but the seed.
    deepStrictEqual(
      JSON.parse(first!.plan).spec.params,
      JSON.parse(second!.plan).spec.params,
    );
    deepStrictEqual(records.lastMetrics(first!.id), {
      "train/train/loss": -Infinity,
      "validation/dice": 0.625,
    });
    deepStrictEqual(first!.ranking, { name: "dice", better: "higher" });
    deepStrictEqual(first!.startedAt, "2023-11-14T22:13:20.000Z");
    deepStrictEqual(first!.finishedAt, "2023-11-14T22:14:20.000Z");
    deepStrictEqual(first!.environment.commit, "ab".repeat(20));
    const where = "params.optimizer.name = Adam and params.lr < 0.01 and " +
      "params.bent = true and labels.team = a and dice > 0.6 and note ~ first";
    deepStrictEqual(records.collection.select({ where }).runs.length, 2);
    throws(() => planOf(first!), (error) => {
      match(
        `${error}`,
        /MLflow has trained this run, not Cleft\n.*run mlflow-/,
      );
      return true;
    });
  }));

Deno.test("importForeign() adds nothing twice, and what has changed in its place", () =>
  inTemporaryFolder((folder) => {
    const paths = [writeMlruns(folder), writeDatabase(folder), eventsFolder];
    deepStrictEqual(bring(folder, paths), [6, 0, 0]);
    deepStrictEqual(bring(folder, paths), [0, 0, 6]);
    using records = openRecords(join(folder, "results"));
    const { id } = records.runs()[0]!;
    const summaries = records.collection.select({ among: new Set([id]) }).runs;
    records.collection.mark(summaries, { add: ["paper"] });
    const { where } = mlflowFiles.runs(paths[0]!)[0]!;
    Deno.writeTextFileSync(join(where, "metrics/val/dice"), "1 0.75 40\n");
    deepStrictEqual(bring(folder, paths), [0, 1, 5]);
    const series = records.metricSeries(id, { split: "validation" });
    deepStrictEqual(series.map(({ steps, values }) => [...steps, ...values]), [
      [40, 0.75],
    ]);
    deepStrictEqual(records.collection.marksOf(id).tags, ["paper"]);
  }));

Deno.test("importForeign() takes nothing where something is damaged or unknown", () =>
  inTemporaryFolder((folder) => {
    const path = writeMlruns(folder);
    const { where } = mlflowFiles.runs(path)[1]!;
    throws(() => bring(folder, [path], { "val/dise": "dice" }), /no run has/);
    throws(
      () => bring(folder, [path, where]),
      /no folder mlruns of MLflow, no/,
    );
    Deno.writeTextFileSync(join(where, "metrics/val/dice"), "1 x 40\n");
    throws(() => bring(folder, [path]), /it is damaged/);
    using records = openRecords(join(folder, "results"));
    deepStrictEqual(records.runs(), []);
  }));
