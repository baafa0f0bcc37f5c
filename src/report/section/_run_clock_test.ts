import { deepEqual } from "node:assert/strict";
import { Abscissa } from "../client/abscissa.js";
import { openPage } from "../page.ts";
import { makeReport, makeRunData, makeSeries } from "../_testing.ts";
import { clockOf } from "./_run_clock.ts";

const plan = (train: object) => JSON.stringify({ spec: { train } });

/** The clock of a run of some steps, a second each but for those given. */
function clock(
  steps: number,
  { slow = [], train = {} }: { slow?: readonly number[]; train?: object } = {},
) {
  const values = Array.from(
    { length: steps },
    (_, i) => slow.includes(i + 1) ? 9000 : 1000,
  );
  const series = steps === 0 ? [] : [makeSeries("speed.stepMs", values)];
  const data = makeRunData({ plan: plan(train) }, { series });
  return clockOf(openPage(makeReport([data])).runs[0]!);
}

const steps = [0, 16, 32];
const along = (kind: string, one: ReturnType<typeof clock>) => {
  const abscissa = new Abscissa(kind, [one, clock(0)]);
  return [
    abscissa.label,
    abscissa.place(0, { steps, values: [] }).steps,
    abscissa.isKnown(1),
  ];
};

Deno.test("clockOf() tells samples from batches and how many a step gathers", () => {
  const one = clock(0, { train: { batch: 2, accumulate: 3 } });
  deepEqual(along("samples", one), ["samples", [0, 96, 192], false]);
  deepEqual(clock(0, { train: { batch: 4 } }), { samples: 4 });
  deepEqual(clock(0), {});
});

Deno.test("clockOf() tells the time that steps took, pauses included", () => {
  deepEqual(along("time", clock(32)), [
    "seconds of training",
    [0, 16, 32],
    false,
  ]);
  // Two steps of the second half took 9 s: 16 + 14 + 18 s in all.
  const paused = clock(32, { slow: [20, 21] });
  const even = (count: number) => new Array(count).fill(42); // of 1000, 2 s each
  deepEqual(paused.time!.shares, [...even(9), 208, 208, ...even(5)]);
  const [, [zero, half, all]] = along("time", paused) as [string, number[]];
  deepEqual([zero, Math.round(half!), all], [0, 16, 48]);
  // As long as steps are not measured, they take what the next one took.
  const sparse = makeSeries("speed.stepMs", [1000, 1000], { steps: [8, 16] });
  const run = openPage(makeReport([makeRunData({}, { series: [sparse] })]));
  deepEqual(clockOf(run.runs[0]!).time?.ms, 16_000);
});

Deno.test("clockOf() tells no time where a step has none", () => {
  const series = [makeSeries("speed.stepMs", [1000, NaN])];
  const [run] = openPage(makeReport([makeRunData({}, { series })])).runs;
  deepEqual(clockOf(run!).time, undefined);
});
