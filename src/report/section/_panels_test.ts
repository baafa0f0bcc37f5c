import { deepEqual } from "node:assert/strict";
import type { MetricSeries } from "@/record/mod.ts";
import { openPage } from "../page.ts";
import { makeReport, makeRunData, makeSeries } from "../_testing.ts";
import { panelsOf, splitsOf } from "./_panels.ts";

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
    ...on("train", "system.cpuPercent", "system.peakMemoryMiB"),
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
    "Machine speed.waitMs",
    "Machine system.cpuPercent", // the peak is one number for all of the run
  ]);
});

Deno.test("panelsOf() sets training beside validation, and test apart", () => {
  const panels = open(
    run("a", [...on("validation", "loss"), ...on("train", "loss", "dice")]),
    run("b", [...on("train", "loss"), ...on("test", "loss")]),
    run("c", [makeSeries("loss", []), ...on("validation", "dice")]),
  );
  deepEqual(
    panels.map((panel) => [
      panel.group,
      splitsOf(panel).join(),
      ...panel.curves.map(({ run }) => run.label),
    ]),
    [
      ["Loss", "train,validation", "a", "a", "b"],
      ["Validation", "train,validation", "a", "c"],
      ["Test", "test", "b"],
    ],
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
