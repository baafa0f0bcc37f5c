import { deepEqual } from "node:assert/strict";
import type { MetricSeries } from "@/record/mod.ts";
import { openPage } from "../page.ts";
import { makeReport, makeRunData, makeSeries } from "../_testing.ts";
import { panelsOf } from "./_panels.ts";

const run = (id: string, series: readonly MetricSeries[]) =>
  makeRunData({ id, experiment: id }, { series });

const open = (...runs: readonly ReturnType<typeof makeRunData>[]) =>
  panelsOf(openPage(makeReport(runs)));

const on = (split: MetricSeries["split"], ...names: string[]) =>
  names.map((name) => makeSeries(name, [1], { split }));

Deno.test("panelsOf() puts losses first, then what readers look at first", () => {
  const panels = open(run("a", [
    ...on("test", "dice"),
    ...on("train", "speed.waitMs", "loss.bce", "lossy", "loss"),
    ...on("validation", "adf", "zeta", "dice", "ap"),
  ]));
  deepEqual(panels.map(({ group, name }) => `${group} ${name}`), [
    "Loss loss",
    "Loss loss.bce",
    "Validation ap", // ranks
    "Validation dice", // is prominent
    "Validation adf",
    "Validation zeta",
    "Test dice",
    "Training lossy",
    "Training speed.waitMs",
  ]);
});

Deno.test("panelsOf() gives runs one panel for one metric on one split", () => {
  const panels = open(
    run("a", [...on("validation", "loss"), ...on("train", "loss")]),
    run("b", on("train", "loss")),
    run("c", [makeSeries("loss", [])]), // nothing to draw
  );
  deepEqual(
    panels.map(({ group, split, curves }) => [
      group,
      split,
      ...curves.map(({ run }) => run.label),
    ]),
    [["Loss", "train", "a", "b"], ["Validation", "validation", "a"]],
  );
});

Deno.test("panelsOf() leaves to tables what is no curve", () => {
  const names = ["best.ap", "adfStd", "adfMax", "objects"];
  const curves = ["ap", "objectsFound", "Stdev", "maximum"];
  deepEqual(
    open(run("a", on("validation", ...names, ...curves))).map((p) => p.name)
      .sort(),
    curves.sort(),
  );
});
