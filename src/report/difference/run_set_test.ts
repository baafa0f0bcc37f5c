import { deepEqual } from "node:assert/strict";
import { openPage, type PageRun } from "../page.ts";
import { makeReport, makeRunData, matrixReport } from "../_testing.ts";
import { runSet } from "./run_set.ts";

Deno.test("runSet() names runs by what they have in common", () => {
  const page = openPage(matrixReport(
    [
      { name: "loss", values: ["dice", "bce", "mix"] },
      { name: "bend", values: ["no", "yes"] },
      { name: "seed", values: ["1", "2"] },
    ],
    () => 0.5,
  ));
  const text = (keep: (run: PageRun) => boolean) => {
    const { text, named } = runSet(page, page.runs.filter(keep));
    return text || named.map(({ label }) => label).join(" + ");
  };
  deepEqual(
    [
      text(() => true),
      text(({ run }) => run.variant!["loss"] === "dice"),
      text(({ run }) => run.variant!["loss"] !== "dice"),
      text(({ run }) => run.seed === 2),
      text(({ group }) => group === 3),
      text(({ index }) => index > 0),
      text(({ index }) => index === 4),
      text(({ index }) => index % 5 < 2),
    ],
    [
      "all 12 runs",
      "loss dice, 4 runs",
      "all but loss dice, 8 runs",
      "seed 2, 6 runs",
      "bce · yes, 2 runs",
      "all but dice · no · seed 1",
      "bce · no · seed 1",
      "6 runs",
    ],
  );
});

Deno.test("runSet() names experiments, and the runs of two that differ", () => {
  const page = openPage(makeReport(
    ["a", "a", "b"].map((experiment, i) =>
      makeRunData({ experiment, seed: i + 1 })
    ),
  ));
  const [one, two, three] = page.runs as [PageRun, PageRun, PageRun];
  deepEqual(runSet(page, [one, two]).text, "a, 2 runs");
  deepEqual(runSet(page, [three]).named, [three]);
  const pair = openPage(makeReport([makeRunData(), makeRunData({ seed: 2 })]));
  deepEqual(runSet(pair, pair.runs).text, "both runs");
});
