import { deepEqual, match } from "node:assert/strict";
import { newVerdict } from "@/record/_testing.ts";
import { seeSection } from "../_reading_testing.ts";
import { makeReport, makeRunData, matrixReport } from "../_testing.ts";

const see = (...runs: Parameters<typeof makeReport>[0]) =>
  seeSection({ type: "repeat" }, makeReport(runs));

Deno.test("repeat gives the commands of each run, and what there is to check", () => {
  const run = makeRunData({ id: "a" }, { weightHashes: 1 });
  const piece = makeRunData({ id: "b", file: null, experiment: "x" });
  deepEqual(see(run, piece).lines.slice(1), [
    "All 2 runs, checked",
    "deno task rerun a b Copy",
    "mixloss 1 weight hash to check",
    "deno task rerun a Copy",
    "deno task run experiments/mixloss.yaml --seed 1 Copy",
    "x no weight hash to check",
    "deno task rerun b Copy",
  ]);
  match(
    see(makeRunData({ id: "a" }, { weightHashes: 2 })).html,
    /2 weight hashes to check/,
  );
});

Deno.test("repeat leaves out what other programs have trained", () => {
  const plan = JSON.stringify({ importedFrom: { program: "MLflow" } });
  const imported = makeRunData({ id: "b", plan });
  deepEqual(see(imported).lines, []);
  const { lines } = see(makeRunData({ id: "a" }), imported);
  deepEqual(lines.filter((line) => line.includes("task rerun")), [
    "deno task rerun a Copy",
  ]);
});

Deno.test("repeat tells what a rerun repeats, and what came of it", () => {
  const verdict = newVerdict({ step: 3, what: "weights of a" });
  const rerun = makeRunData({ id: "b", rerunOf: "a", verdict });
  deepEqual(see(rerun).lines.slice(1, 3), [
    "mixloss no weight hash to check repeats a",
    "different from step 3: weights of a, likely because of threads: 4, was 2",
  ]);
  match(see(rerun).html, /is-caution/);
  const same = see(makeRunData({ rerunOf: "a", verdict: newVerdict() }));
  match(same.lines[2]!, /^identical: 3 metrics/);
  deepEqual(/is-caution/.test(same.html), false);
});

Deno.test("repeat copies the command as it stands, and shows nothing of no runs", () => {
  const run = makeRunData({ id: "a", file: "my file.yaml" });
  match(
    see(run).html,
    /data-copy="deno task run 'my file.yaml' --seed 1"/,
  );
  deepEqual(see().lines, []);
});

Deno.test("repeat gives one command for a table of many runs", () => {
  const axes = [{ name: "loss", values: ["a", "b"] }]
    .concat({ name: "seed", values: ["1", "2"] });
  const { lines } = seeSection(
    { type: "repeat" },
    matrixReport(axes, () => 0.5),
  );
  deepEqual(lines.slice(1), [
    "All 4 runs, checked",
    "deno task rerun table-0 table-1 table-2 table-3 Copy",
    "The whole table, where nothing of it is on record",
    "deno task run experiments/table.yaml Copy",
  ]);
});
