import { deepEqual, equal } from "node:assert/strict";
import { Abscissa } from "./abscissa.js";
import { CurveLines } from "./curve_lines.js";

/** Runs 0 and 1 are seeds of a; 2 is b, of which no best checkpoint is known. */
const clocks = [{ best: 20, samples: 2 }, { best: 10, samples: 2 }, {}];
const view = {
  runs: [["a · seed 1", 0], ["a · seed 2", 0], ["b", 1]].map((
    [label, group],
  ) => ({ label, group, counts: true, colour: group, dash: [] })),
  groups: ["a", "b"],
  clocks,
  abscissa: new Abscissa("steps", clocks),
  ...{ isSingle: false, weight: 0, isLog: false },
  colours: { runs: ["red", "blue"], soft: ["pink", "sky"] },
};

const curve = (run: number, values: readonly number[], isTraining = false) => ({
  run,
  points: { steps: values.map((_, i) => 10 * (i + 1)), values },
  ...isTraining && { isTraining },
});

const curves = [curve(0, [0, 2]), curve(1, [2, 4]), curve(2, [5, 6])];

const linesOf = (
  drawn: readonly ReturnType<typeof curve>[],
  { splits = ["validation"], behind = [], ...changes }: {
    readonly splits?: readonly string[];
    readonly behind?: readonly ReturnType<typeof curve>[];
    readonly [change: string]: unknown;
  } = {},
) => new CurveLines(drawn, { view: { ...view, ...changes }, splits, behind });

/** What a legend would name, the first one on top. */
const names = ({ series }: ReturnType<typeof linesOf>) =>
  series.slice(1).filter(({ isFaint }: Record<string, unknown>) => !isFaint)
    .map(({ label }: Record<string, unknown>) => label).reverse();

Deno.test("CurveLines() draws seeds as their mean in a band, or each", () => {
  const mean = linesOf(curves);
  deepEqual(names(mean), ["a", "b"]);
  deepEqual(mean.bands, [{ series: [2, 3], fill: "pink" }]);
  deepEqual(mean.tables.map(({ values }) => values), [
    [5, 6], // b is drawn first, so that a lies on top
    ...[[2, 4], [0, 2], [1, 3]],
  ]);
  const single = linesOf(curves, { isSingle: true });
  deepEqual(names(single), ["a · seed 1", "a · seed 2", "b"]);
  deepEqual(single.bands, []);
});

Deno.test("CurveLines() rings each run's best checkpoint, of validation alone", () => {
  deepEqual(linesOf(curves).rings, [
    { x: 20, y: 3, colour: 0 },
    { x: 10, y: 1, colour: 0 },
  ]);
  deepEqual(linesOf(curves, { splits: ["train"] }).rings, []);
  const mixed = linesOf([curve(0, [1, 2], true)], {
    splits: ["train", "validation"],
  });
  deepEqual([names(mixed), mixed.rings], [["a · seed 1, training"], []]);
});

Deno.test("CurveLines() draws training below validation, thinner, of several runs without what was measured", () => {
  const long = Array.from({ length: 50 }, (_, i) => i % 5);
  const drawn = (...runs: readonly number[]) =>
    linesOf(
      runs.flatMap((run) => [curve(run, long, true), curve(run, [1, 2])]),
      { splits: ["train", "validation"], weight: 0.6, isSingle: true },
    );
  deepEqual(names(drawn(0, 2)), [
    ...["a · seed 1", "b"],
    ...["a · seed 1, training", "b, training"],
  ]);
  const widths = drawn(0, 2).series.slice(1) // the last one on top
    .map(({ width }: Record<string, unknown>) => width);
  deepEqual(widths, [1.05, 1.05, 1.75, 1.75]);
  equal(drawn(0, 2).series.length, 1 + 4);
  equal(drawn(0).series.length, 1 + 3); // what was measured behind training
});

Deno.test("CurveLines() draws the loss behind on its own scale, below all", () => {
  const lines = linesOf(curves.slice(2), { behind: [curve(2, [9, 8], true)] });
  equal(lines.hasLoss, true);
  deepEqual(
    lines.series.slice(1).map(({ scale }: Record<string, unknown>) => scale),
    ["loss", undefined],
  );
  deepEqual(names(lines), ["b"]);
});

Deno.test("CurveLines() lies along what it is drawn against", () => {
  const abscissa = new Abscissa("samples", clocks);
  deepEqual(linesOf(curves.slice(0, 1), { abscissa }).extent(), [20, 40]);
  deepEqual(linesOf([]).extent(), [0, 1]);
});
