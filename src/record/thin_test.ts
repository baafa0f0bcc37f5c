import { deepStrictEqual, throws } from "node:assert/strict";
import { thinSeries } from "./thin.ts";

const series = (values: readonly number[]) => ({
  split: "train" as const,
  name: "loss",
  steps: values.map((_, i) => i + 1),
  values,
});

Deno.test("thinSeries() leaves a short series as it is", () => {
  const short = series([1, NaN, 3, 4, 5, 6, 7, 8]);
  deepStrictEqual(thinSeries(short, 8), short);
});

Deno.test("thinSeries() keeps the lowest and highest of each stretch", () => {
  // First and last stay; the 12 between are 3 stretches of 4.
  const values = [5, 3, 9, 1, 4, 2, 2, 8, 8, 7, 6, 7, 6, 5];
  const thin = thinSeries(series(values), 8);
  //                            3 9 1 4 | 2 2 8 8 | 7 6 7 6
  deepStrictEqual(thin.values, [5, 9, 1, 2, 8, 7, 6, 5]);
  deepStrictEqual(thin.steps, [1, 3, 4, 6, 8, 10, 11, 14]);
});

Deno.test("thinSeries() keeps gaps of NaN and infinite peaks", () => {
  const values = Array.from({ length: 1000 }, (_, i) => Math.sin(i));
  values[500] = NaN;
  values[700] = Infinity;
  const thin = thinSeries(series(values), 50);
  deepStrictEqual(thin.values[thin.steps.indexOf(501)], NaN);
  deepStrictEqual(thin.values[thin.steps.indexOf(701)], Infinity);
});

Deno.test("thinSeries() copes with nothing but NaN", () => {
  const thin = thinSeries(series(new Array(100).fill(NaN)), 20);
  deepStrictEqual(new Set(thin.values), new Set([NaN]));
  deepStrictEqual([thin.steps[0], thin.steps.at(-1)], [1, 100]);
});

Deno.test("thinSeries() refuses to thin to almost nothing", () => {
  throws(() => thinSeries(series([1]), 7), RangeError);
});
