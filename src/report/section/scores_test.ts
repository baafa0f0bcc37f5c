import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import type { Run } from "@/record/mod.ts";
import { seeSection } from "../_reading_testing.ts";
import {
  makeMeasured,
  makeReport,
  makeRunData,
  makeSeries,
  matrixReport,
} from "../_testing.ts";

type Metrics = Readonly<Record<string, number | null>>;

/** A run with some numbers where darkness alone has an AP of 0.33. */
const scored = (experiment: string, metrics: Metrics, run: Partial<Run> = {}) =>
  makeMeasured({ experiment, id: `${experiment}-${run.seed ?? 1}`, ...run }, {
    metrics,
    baseline: { ap: 0.33 },
  });

const see = (
  runs: Parameters<typeof makeReport>[0],
  options?: Readonly<Record<string, unknown>>,
) => seeSection({ type: "scores", ...options }, makeReport(runs));

/** The first cell of each row. */
const names = (lines: readonly string[]) =>
  lines.filter((line) => line.includes(" | ")).slice(1)
    .map((line) => line.split(" | ")[0]);

Deno.test("scores ranks runs and darkness alike, what was not measured last", () => {
  const worst = scored("none", { ap: null });
  deepEqual(
    names(
      see([scored("low", { ap: 0.2 }), worst, scored("high", { ap: 0.6 })])
        .lines,
    ),
    ["high", "Darkness no learning", "low", "none"],
  );
  deepEqual(
    names(see([scored("a", { ap: 0.4 }), scored("b", { ap: 0.5 })]).lines),
    ["b", "a", "Darkness no learning"],
  );
});

Deno.test("scores has a column for each number, the known ones first", () => {
  const { lines } = see([
    scored("a", { zeta: 1, alpha: 2, dice: 0.5, ap: 0.4, threshold: 0.3 }),
  ]);
  equal(lines[2], "Run | Step | AP ↑ | Dice ↑ | Threshold | Alpha | Zeta");
  equal(lines[3], "a | 1500 | 0.400 | 0.500 | 0.300 | 2 | 1");
});

Deno.test("scores shows what was found out of how many", () => {
  const { lines } = see([scored("a", { ap: 0.4, objects: 10, found: 8 })]);
  deepEqual(lines.slice(2, 4), [
    "Run | Step | AP ↑ | Objects found clefts ↑",
    "a | 1500 | 0.400 | 8 /10",
  ]);
  const alone = see([scored("a", { ap: 0.4, objects: 10 })]).lines;
  match(alone[2]!, /AP ↑ \| Objects clefts$/);
});

Deno.test("scores marks the best of several runs, no draw and no single run", () => {
  const best = (runs: Parameters<typeof see>[0]) =>
    see(runs).titles.filter((title) => /^be(st|tter)/.test(title));
  const of = "best of these runs";
  deepEqual(
    best([scored("a", { ap: 0.4, dice: 0.5 }), scored("b", { ap: 0.5 })]),
    [of], // a Dice beside none is no contest
  );
  deepEqual(best([scored("a", { ap: 0.5 }), scored("b", { ap: 0.5 })]), []);
  deepEqual(best([scored("a", { ap: 0.5 })]), []);
  deepEqual(best([scored("a", { threshold: 1 }), scored("b", {})]), []);
  deepEqual(best([scored("a", { ap: 0.2 }), scored("b", { ap: 0.1 })]), [
    "better than every run here",
    of,
  ]);
  deepEqual(best([scored("a", { ap: 0.2 })]), ["better than every run here"]);
});

Deno.test("scores says of a run that has not finished how it stands", () => {
  const { lines } = see([scored("a", { ap: 0.4 }, { state: "failed" })]);
  deepEqual(names(lines), ["a failed", "Darkness no learning"]);
});

Deno.test("scores takes runs that have no evaluation from their training", () => {
  const { lines } = see([
    makeRunData({}, {
      series: [makeSeries("ap", [0.1, 0.3, 0.2], { split: "validation" })],
    }),
  ]);
  deepEqual(lines, [
    "Validation during training, at each run’s best step",
    "Scores on validation during training",
    "Run | Step | AP ↑",
    "mixloss | 2 | 0.300",
  ]);
  deepEqual(see([makeRunData()]).lines, []);
});

Deno.test("scores draws what ranks as a bar, darkness as a tick on it", () => {
  const { html } = see([
    scored("a", { ap: 0.5, dice: 0.5 }),
    scored("b", { ap: NaN }),
  ]);
  const bars = [...html.matchAll(/<rect class="bar-value" width="([^"]+)"/g)];
  deepEqual(bars.map(([, width]) => width), ["32.0", "21.1"]); // of 64
  const ticks = [...html.matchAll(/<rect class="bar-tick" x="([^"]+)"/g)];
  deepEqual(ticks.map(([, x]) => x), ["20.1", "20.1"]); // 0.33 · 64 − 1
  const bare = makeMeasured({}, { metrics: { ap: 0.5 }, baseline: {} });
  doesNotMatch(see([bare]).html, /bar-tick/);
});

Deno.test("scores can be sorted by every number, what is none left out", () => {
  const { html } = see([scored("a", { ap: 0.5, adf: NaN })]);
  const values = [...html.matchAll(/<td[^>]*>/g)]
    .map(([cell]) => /data-value="([^"]*)"/.exec(cell)?.[1]);
  deepEqual(values, [
    ...["1500", "0.5", undefined], // the run: step, AP, ADF
    ...[undefined, "0.33", undefined], // darkness
  ]);
  const heads = [...html.matchAll(/data-first="(\w+)"[^>]*/g)]
    .map(([head, first]) => [first, /aria-sort="(\w+)"/.exec(head)?.[1]]);
  deepEqual(heads, [
    ...[["ascending", undefined], ["ascending", undefined]], // run, step
    ...[["descending", "descending"], ["ascending", undefined]],
  ]);
});

Deno.test("scores takes each row of a table of nine runs into a scrolled box", () => {
  const isLong = (count: number) =>
    see(Array.from({ length: count }, (_, i) => scored(`r${i}`, { ap: 0.1 })))
      .html.includes("is-long");
  deepEqual([isLong(8), isLong(9)], [false, true]);
});

Deno.test("scores shows means over seeds of runs that differ in nothing else", () => {
  const runs = [
    scored("a", { ap: 0.4, threshold: 0.2, adf: 10 }, { seed: 1 }),
    scored("a", { ap: 0.6, threshold: 0.4, adf: null }, { seed: 2 }),
    scored("b", { ap: 0.45 }, { seed: 3 }),
  ];
  const { lines, titles } = see(runs);
  deepEqual(lines.slice(1, 5), [
    "Over seeds mean ± standard deviation",
    "Experiment | Seeds | AP ↑ | ADF nm ↓",
    "a | 2 | 0.500 ± 0.141 | 10.0",
    "b | 1 | 0.450 | –",
  ]);
  deepEqual(titles.filter((title) => /^(seeds|of)/.test(title)), [
    "seeds 1, 2",
    "of 1 run; the others have none",
    "seeds 3",
  ]);
  doesNotMatch(see(runs, { seeds: false }).html, /Over seeds/);
  doesNotMatch(see(runs.slice(1)).html, /Over seeds/);
});

Deno.test("scores gives experiments their colour where runs share it", () => {
  const runs = [1, 2, 3, 4].flatMap((seed) =>
    ["a", "b"].map((name) => scored(name, { ap: seed / 10 }, { seed }))
  );
  const keys = ({ html }: ReturnType<typeof see>) =>
    html.slice(0, html.indexOf("Scores on")).match(/key run-\d/g);
  deepEqual(keys(see(runs)), ["key run-0", "key run-1"]);
  equal(keys(see(runs.filter((_, i) => i % 2 === 0))), null);
});

Deno.test("scores leaves means of a matrix to the ablation", () => {
  const seeds = { name: "seed", values: ["1", "2"] };
  const { html, lines } = seeSection(
    { type: "scores" },
    matrixReport([seeds], () => 1),
  );
  doesNotMatch(html, /Over seeds/);
  equal(
    names(lines).filter((name) => name !== "Darkness no learning").length,
    2,
  );
});
