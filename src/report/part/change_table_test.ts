import { deepEqual, equal, match } from "node:assert/strict";
import type { MatrixRecord, Variant } from "@/record/mod.ts";
import { see as seeNode } from "../_reading_testing.ts";
import { makeMeasured, makeReport, matrixReport } from "../_testing.ts";
import { openPage } from "../page.ts";
import { ChangeTable } from "./change_table.tsx";
import { columnsOf } from "./columns.tsx";

const axis = (name: string, ...values: readonly string[]) => ({ name, values });
const losses = axis("loss", "bce", "dice");
const seeds = axis("seed", "1", "2");

type Axes = MatrixRecord["axes"];
type Metrics = Readonly<Record<string, number>>;

/** The table of a matrix whose runs have these numbers. */
function see(axes: Axes, metricsOf: (values: Variant) => Metrics) {
  const data = matrixReport(axes, () => 0);
  const runs = data.runs.map(({ run }) =>
    makeMeasured(run, { metrics: metricsOf(run.variant!) })
  );
  const page = openPage(makeReport(runs, { matrix: data.matrix }));
  const [volume] = page.volumes;
  return seeNode(ChangeTable({
    ranking: page.ranking,
    matrix: page.matrix!,
    volume: volume!,
    columns: columnsOf(page, volume!),
  }));
}

/** Numbers of bce, and of dice by how much more. */
const apart = (name: string, from: number, by: readonly number[]) =>
  see([losses, axis("seed", ...by.map((_, i) => `${i}`))], (values) => ({
    [name]: from +
      (values["loss"] === "dice" ? by[Number(values["seed"])]! : 0),
  }));

Deno.test("ChangeTable() names each change, its companions and its pairs", () => {
  const { lines } = see(
    [losses, axis("block", "plain", "+ residual"), seeds],
    () => ({ ap: 0.5 }),
  );
  deepEqual(lines.slice(1), [
    "Change | With | Pairs | AP ↑",
    "loss dice for bce | plain | 2 | 0 [0, 0] p 1",
    "loss dice for bce | + residual | 2 | 0 [0, 0] p 1",
    "block + residual on plain | bce | 2 | 0 [0, 0] p 1",
    "block + residual on plain | dice | 2 | 0 [0, 0] p 1",
  ]);
});

Deno.test("ChangeTable() shows mean, interval and every pair, with signs", () => {
  // Mean 0.1, deviation 0.1 · √2, times 12.706 / √2: ± 1.2706.
  const { lines, titles } = apart("ap", 0.4, [0, 0.2]);
  equal(
    lines.at(-1),
    "loss dice for bce | 2 | +0.100 [−1.171, +1.371] p 0.50, g +0.6",
  );
  equal(titles.at(-1), "pair by pair: 0, +0.200");
  match(
    apart("ap", 0.4, [-0.1]).lines.at(-1)!,
    /\| 1 \| −0\.100 one pair, no interval$/,
  );
});

Deno.test("ChangeTable() writes small differences in decimals", () => {
  const shown = (name: string, by: number) =>
    apart(name, 0, [by]).lines.at(-1)!.split(" | ").at(-1)!.split(" ")[0];
  deepEqual(
    [0.001, 0.0009, -0.00004, -0.5, 0].map((by) => shown("ap", by)),
    ["+0.001", "+0.0009", "−0.0000", "−0.500", "0"],
  );
  deepEqual(
    [0.05, 0.049, -0.004, 12].map((by) => shown("score", by)),
    ["+0.1", "+0.05", "−0.00", "+12.0"],
  );
});

Deno.test("ChangeTable() draws what ranks and the most prominent, three at most", () => {
  const head = (...names: readonly string[]) =>
    see([losses], () => Object.fromEntries(names.map((name) => [name, 1])))
      .lines[1]?.split(" | ").slice(2);
  deepEqual(head("adf", "objects", "dice", "ap", "score"), [
    "AP ↑",
    "Dice ↑",
    "CREMI score nm ↓",
  ]);
  deepEqual(head("adgt", "ap"), ["AP ↑", "ADGT nm ↓"]);
  equal(head("objects"), undefined); // of no direction: no table
  equal(head(), undefined);
});

Deno.test("ChangeTable() shows nothing where nothing changes", () => {
  deepEqual(see([axis("loss", "bce"), seeds], () => ({ ap: 1 })).lines, []);
});

Deno.test("ChangeTable() shows a dash where no pair was measured", () => {
  const { lines } = see(
    [losses, seeds],
    ({ loss, seed }) =>
      (loss === "bce") === (seed === "1") ? { ap: 0.5 } : { dice: 0.5 },
  );
  equal(lines.at(-1), "loss dice for bce | 0 | – | –");
});

Deno.test("ChangeTable() colours by where the whole interval lies", () => {
  const tone = (name: string, by: readonly number[]) =>
    /strip (is-\w+)/.exec(apart(name, 0, by).html)![1];
  equal(tone("ap", [0.1, 0.11]), "is-good");
  equal(tone("ap", [-0.1, -0.11]), "is-bad");
  equal(tone("score", [10, 11]), "is-bad");
  equal(tone("score", [-10, -11]), "is-good");
  equal(tone("ap", [0.1, 0.5]), "is-open");
  equal(tone("ap", [0, 0]), "is-open"); // touches zero
  equal(tone("ap", [0.1]), "is-open"); // no interval
});

Deno.test("ChangeTable() lets rows share a scale that holds every dot", () => {
  const dots = (html: string) =>
    [...html.matchAll(/class="strip-dot" cx="([^"]+)"/g)]
      .map(([, x]) => Number(x));
  const { html } = see(
    [axis("loss", "bce", "dice", "far")],
    ({ loss }) => ({ ap: { bce: 0, dice: 0.1, far: -0.8 }[loss!]! }),
  );
  // Furthest 0.8 to the left, of 1.05 · 0.8: 75 − 70 · 0.8 / 0.84.
  deepEqual(dots(html), [83.3, 8.3]);
  deepEqual(dots(apart("ap", 0.4, [0]).html), [75]); // nothing differs
});

Deno.test("ChangeTable() cuts an interval that would hide the dots", () => {
  const line = (by: readonly number[]) => {
    const [, low, high] = /class="strip-interval" x1="([^"]+)" x2="([^"]+)"/
      .exec(
        apart("ap", 0, by).html,
      )!;
    return [Number(low), Number(high)];
  };
  // −0.485 to 0.785, but 1.05 · 0.6 at most: three times the furthest dot.
  deepEqual(line([0.1, 0.2]), [21.1, 145]);
  // Mean 0.105 ± 0.0635: all is inside 0.1685 · 1.05.
  deepEqual(line([0.1, 0.11]), [91.4, 141.7]);
});
