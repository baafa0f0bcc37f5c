import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { newVerdict } from "@/record/_testing.ts";
import type { EvaluationRecord, Run } from "@/record/mod.ts";
import { see as seeNode } from "../_reading_testing.ts";
import {
  makeMeasured,
  makeReport,
  makeRunData,
  makeSeries,
} from "../_testing.ts";
import { openPage } from "../page.ts";
import { Overview } from "./overview.tsx";

type Runs = Parameters<typeof makeReport>[0];

const see = (runs: Runs) =>
  seeNode(<Overview page={openPage(makeReport(runs))} />);

/** A tile's value and what stands below it. */
function tile(runs: Runs, name: RegExp) {
  const [, value, more] = new RegExp(
    `<h2>${name.source}</h2><p class="tile-value">(.*?)</p>` +
      `<div class="tile-more">(.*?)</div>`,
  ).exec(see(runs).html)!;
  const text = more!.replaceAll("</span><span>", " / ").replace(/<[^>]*>/g, "");
  return [value, text];
}

const run = (changes: Partial<Run> = {}) => makeRunData(changes);

Deno.test("Overview() shows the best score and what darkness alone reaches", () => {
  const measured = (changes: Partial<EvaluationRecord>) =>
    makeMeasured({}, changes);
  const scored = measured({ metrics: { ap: 0.5 }, baseline: { ap: 0.25 } });
  deepEqual(tile([scored], /Best validation AP/), [
    "0.500",
    "mixlossdarkness alone 0.250",
  ]);
  const { html } = see([scored]);
  match(html, /class="bar-value" width="80\.0"/); // of 160
  match(html, /class="bar-tick" x="39\.0"/);
  const bare = measured({ metrics: { ap: 0.5 }, baseline: { ap: null } });
  deepEqual(tile([bare], /Best validation AP/), ["0.500", "mixloss"]);
  deepEqual(tile([run()], /Best AP/), ["–", "not measured yet"]);
});

Deno.test("Overview() draws no share of what has no end", () => {
  const ranking = { name: "score", better: "lower" } as const;
  const scored = makeMeasured({ ranking }, {
    metrics: { score: 30 },
    baseline: { score: 60 },
  });
  deepEqual(tile([scored], /Best validation CREMI score/), [
    "30.0",
    "mixlossdarkness alone 60.0",
  ]);
  doesNotMatch(see([scored]).html, /class="scale"/);
});

Deno.test("Overview() counts runs by experiment and state", () => {
  const named = (...names: readonly string[]) =>
    tile(names.map((experiment) => run({ experiment })), /Runs/);
  deepEqual(named("a", "b", "c"), ["3", "a, b, c / 3 finished"]);
  deepEqual(named("a", "b", "c", "d"), ["4", "4 experiments / 4 finished"]);
  deepEqual(
    tile([run(), run({ state: "failed" }), run()], /Runs/),
    ["3", "mixloss / 2 finished · 1 failed"],
  );
});

Deno.test("Overview() names up to four seeds and when the runs were", () => {
  const at = (startedAt: string, finishedAt: string | null, seed: number) =>
    run({ startedAt, finishedAt, seed });
  const first = at("2026-11-23T21:05:00Z", "2026-11-23T21:17:31Z", 10);
  deepEqual(tile([first], /Seed/), ["10", "2026-11-23 21:05 to 21:17 UTC"]);
  const next = at("2026-11-24T01:00:00Z", null, 9);
  deepEqual(tile([next, first], /Seeds/), [
    "9, 10",
    "2026-11-23 21:05 to 2026-11-24 01:00 UTC",
  ]);
  const seeds = (count: number) =>
    tile(Array.from({ length: count }, (_, seed) => run({ seed })), /Seeds/)[0];
  deepEqual([seeds(4), seeds(5)], ["0, 1, 2, 3", "5"]);
});

Deno.test("Overview() says whether reruns were the same", () => {
  const same = run({ verdict: newVerdict() });
  const other = run({ verdict: newVerdict({ step: 3, what: "a weight" }) });
  const hashed = (weightHashes: number) => makeRunData({}, { weightHashes });
  const said = (...runs: Runs) => tile(runs, /Repetition/);
  deepEqual(said(hashed(12), hashed(3)), [
    "Not checked",
    "15 weight hashes recorded for a rerun",
  ]);
  deepEqual(said(hashed(1))[1], "1 weight hash recorded for a rerun");
  equal(said(same, run())[0], "Bit for bit");
  match(said(same, run())[1]!, /^identical: /);
  deepEqual(said(same, same), ["Bit for bit", "2 of 2 reruns identical"]);
  deepEqual(said(same, other), ["Not the same", "1 of 2 reruns identical"]);
});

Deno.test("Overview() lists every run, and folds more than twelve", () => {
  const running = { state: "running", finishedAt: null } as const;
  const { lines } = see([run({ id: "a" }), run({ id: "b", ...running })]);
  deepEqual(lines.slice(-3), [
    "Run | Differs from the run above | Id | State | Seed | Started, UTC | Took | Repeat",
    "mixloss · a | | a | ✓ finished | 1 | 2026-11-23 21:05 | 12 min 31 s | Copy",
    "mixloss · b | | b | … running | 1 | 2026-11-23 21:05 | – | Copy",
  ]);
  equal(
    see([run()]).lines.at(-2),
    "Run | Id | State | Seed | Started, UTC | Took | Repeat",
  );
  const folded = (count: number) =>
    see(Array.from({ length: count }, () => run())).lines
      .find((line) => line.startsWith("All"));
  deepEqual([folded(12), folded(13)], [undefined, "All 13 runs"]);
});

Deno.test("Overview() has a column for each thing that runs are known to have taken", () => {
  const { lines } = see([
    makeRunData({ id: "a" }, {
      series: [
        makeSeries("system.peakMemoryMiB", [50, 1000]),
        makeSeries("system.gpuEnergyKWh", [0.1, 0.5]),
        makeSeries("system.cpuEnergyKWh", [0.75]),
      ],
    }),
    makeRunData({ id: "b" }, { series: [makeSeries("loss", [1])] }),
  ]);
  deepEqual(lines.slice(-3).map((line) => line.split(" | ").slice(-4)), [
    ["Took", "Memory", "Energy", "Repeat"],
    ["12 min 31 s", "1.05 GB", "1.250 kWh", "Copy"],
    ["12 min 31 s", "–", "–", "Copy"],
  ]);
});

Deno.test("Overview() says which program has trained what is imported", () => {
  const plan = JSON.stringify({ importedFrom: { program: "MLflow" } });
  match(see([run({ plan })]).lines.at(-1)!, / \| from MLflow$/);
});

Deno.test("Overview() says that there are no runs", () => {
  deepEqual(see([]).lines, ["No runs are in this report."]);
});

Deno.test("Overview() tells what differs from the run above, and what people say of runs", () => {
  const planned = (id: string, spec: object, marks: object) =>
    makeRunData({ id, plan: JSON.stringify({ spec }) }, {
      marks: { tags: [], note: null, group: null, ...marks },
    });
  const { lines, titles } = see([
    planned("a", { a: 1, b: 2, c: 3, d: 4 }, { tags: ["paper"] }),
    planned("b", { a: 2, b: 3, d: 5, e: 6 }, { note: "odd", group: "g" }),
  ]);
  deepEqual(lines.slice(-2).map((line) => line.replace(/ \| [ab] \|.*/, "")), [
    "mixloss · a 1 | | paper",
    "mixloss · a 2 g: odd | a 2 b 3 c not set and 2 more |",
  ]);
  equal(titles.includes("a 2\nb 3\nc not set\nd 5\ne 6"), true);
});

Deno.test("Overview() says by how much the best is better than what was best before", () => {
  const day = (experiment: string, day: number, ap: number) =>
    makeMeasured({
      experiment,
      startedAt: `2026-11-0${day}T10:00:00Z`,
      finishedAt: `2026-11-0${day}T11:00:00Z`,
    }, { metrics: { ap }, baseline: {} });
  const best = day("best", 3, 0.75);
  deepEqual(
    tile(
      [day("old", 1, 0.5), day("other", 2, 0.25), best],
      /Best validation AP/,
    ),
    ["0.750", "best+0.250 over old, best before it"],
  );
  deepEqual(tile([best, day("later", 4, 0.5)], /Best validation AP/), [
    "0.750",
    "best",
  ]);
});
