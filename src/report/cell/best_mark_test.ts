import { deepEqual, equal } from "node:assert/strict";
import { bestMark, bestOfRuns } from "./best_mark.ts";

const facts = { better: "higher" } as const;

Deno.test("bestOfRuns() wants a contest, unless there is but one run", () => {
  equal(bestOfRuns([0.2, 0.5, null], facts), 0.5);
  equal(bestOfRuns([0.5, 0.5], facts), null);
  equal(bestOfRuns([0.5, null], facts), null);
  equal(bestOfRuns([0.5], facts), 0.5);
  equal(bestOfRuns([0.2, 0.5], { better: "neither" }), null);
});

Deno.test("bestMark() is a run's among several, or that of darkness above all", () => {
  const mark = (value: number, isRun: boolean, runs = 2) =>
    bestMark(value, { best: 0.5, runs, isRun, facts });
  deepEqual(
    [mark(0.5, true), mark(0.4, true), mark(0.5, true, 1)],
    ["best of these runs", undefined, undefined],
  );
  deepEqual(
    [mark(0.6, false), mark(0.5, false)],
    ["better than every run here", undefined],
  );
});
