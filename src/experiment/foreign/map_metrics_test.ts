import { deepStrictEqual, match, throws } from "node:assert/strict";
import {
  checkMap,
  likelyMapping,
  metricMapOf,
  pointsOf,
  splitIn,
} from "./map_metrics.ts";
import type { ForeignRun, ForeignSeries } from "./_source.ts";

const run = (...series: readonly ForeignSeries[]) =>
  ({ where: "run a", series }) as unknown as ForeignRun;
const named = (name: string, more: Partial<ForeignSeries> = {}) => ({
  ...{ name, points: [[1, 0.5]] as const },
  ...more,
});

Deno.test("splitIn() finds the data that a name speaks of", () => {
  const names = ["val/dice", "Loss/train", "test_ap", "VALIDATION", "eval-x"];
  deepStrictEqual(names.map(splitIn), [
    ...["validation", "train", "test", "validation", "validation"],
  ]);
  deepStrictEqual(["value", "latest", "loss", ""].map(splitIn), [
    ...[null, null, null, null],
  ]);
});

Deno.test("pointsOf() maps names, and else keeps them where they speak of data", () => {
  const map = metricMapOf(["val/dice=dice", "a=b=test/ap", "m=ap", "t=loss"]);
  const places = pointsOf(
    run(
      ...[named("val/dice"), named("a=b"), named("m"), named("t")],
      ...[named("val_loss"), named("lr"), named("x", { split: "test" })],
    ),
    map,
  ).map(({ split, name }) => `${split} ${name}`);
  deepStrictEqual(places, [
    ...["validation dice", "test ap", "validation ap", "train loss"],
    ...["validation val_loss", "train lr", "test x"],
  ]);
});

Deno.test("likelyMapping() finds a name that looks like one of ours", () => {
  const names = ["loss", "sliced", "val/Dice", "ap"];
  deepStrictEqual(likelyMapping(names), "val/Dice=dice");
  deepStrictEqual(likelyMapping(names.slice(0, 2)), null);
});

Deno.test("metricMapOf() refuses what is no mapping", () => {
  for (const text of ["dice", "=dice", "dice=", "a=b c"]) {
    throws(() => metricMapOf([text]), /Cannot tell which metric is meant/);
  }
  throws(() => metricMapOf(["a=b", "a=c"]), /Cannot map the metric "a" twice/);
});

Deno.test("checkMap() names the nearest metric for one that no run has", () => {
  const runs = [run(named("val/dice"), named("b")), run(named("b"))];
  deepStrictEqual(checkMap(new Map([["b", "loss"]]), runs), ["b", "val/dice"]);
  throws(() => checkMap(new Map([["val/dise", "dice"]]), runs), (error) => {
    match(
      `${error}`,
      /no run has .*\n.*--metric val\/dise=dice\n.*"val\/dice"/,
    );
    return true;
  });
});

Deno.test("pointsOf() refuses two that become one, and steps that are none", () => {
  throws(
    () => pointsOf(run(named("a"), named("b")), new Map([["a", "train/b"]])),
    /Cannot import "a" and "b" as one: train\/b/,
  );
  for (const step of [-1, 2 ** 53]) {
    throws(
      () => pointsOf(run(named("a", { points: [[step, 1]] })), new Map()),
      /steps count from 0/,
    );
  }
});
