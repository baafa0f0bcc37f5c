import { deepEqual } from "node:assert/strict";
import type { MetricPoint, Run } from "@/record/mod.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import { smallPlan } from "../run/_testing.ts";
import { Ladder } from "./ladder.ts";

const plan = smallPlan(); // six steps of two samples
const rungs = [{ volume: 4, trials: 3 }, { volume: 12, trials: 1 }] as const;
const [first, last] = rungs;

/** A ladder of trials that validated so, by step. */
function ladderOf(
  ...trials: readonly (Partial<Run> & {
    aps: Readonly<Record<number, number>>;
    /** What its best weights came to, measured at its end. */
    atEnd?: number;
  })[]
) {
  const point = (name: string, step: number, value: number): MetricPoint => ({
    ...{ split: "validation", name, step, value },
  });
  const points = ({ aps, atEnd }: typeof trials[number]) => [
    ...Object.entries(aps).map(([step, ap]) => point("ap", Number(step), ap)),
    ...atEnd === undefined ? [] : [point("best.ap", 6, atEnd)],
  ];
  const ladder = new Ladder({
    metrics: (id, { name } = {}) =>
      points(trials[Number(id)]!).filter((one) => one.name === (name ?? "ap")),
  }, { rungs });
  const standings = trials.map(({ aps: _, atEnd: _atEnd, ...run }, i) => ({
    variant: { values: { trial: `${i}` }, plan } as MatrixVariant,
    run: { id: `${i}`, state: "stopped", stoppedAfter: 2, ...run } as Run,
    isTrained: false,
  }));
  return {
    best: (rung: typeof rungs[number], count: number) =>
      ladder.best(rung, standings, count).map(({ values }) => values.trial),
    reached: standings.map(({ run, variant }) =>
      rungs.map((rung) => ladder.hasReached(rung, run, variant))
    ),
  };
}

Deno.test("Ladder.best() goes by the best validation up to the rung, in the trials' order", () => {
  const { best } = ladderOf(
    { aps: { 2: 0.3 } },
    { aps: { 1: 0.5, 2: 0.1, 4: 0.9 }, state: "running", stoppedAfter: null },
    { aps: { 2: 0.4 } },
    { aps: { 2: NaN } },
  );
  deepEqual(best(first, 2), ["1", "2"]);
  deepEqual(best(first, 4), ["0", "1", "2"]);
});

Deno.test("Ladder.best() goes at the end by what the best weights came to there", () => {
  const { best } = ladderOf(
    { aps: { 2: 0.3, 6: 0.4 }, atEnd: 0.9, state: "finished" },
    { aps: { 2: 0.5, 6: 0.6 }, atEnd: 0.6, state: "finished" },
    { aps: { 2: 0.1, 6: 0.7 }, state: "finished" }, // not measured then
  );
  deepEqual(best(first, 1), ["1"]);
  deepEqual(best(last, 2), ["0", "2"]);
});

Deno.test("Ladder.best() takes the first of equals", () => {
  const { best } = ladderOf({ aps: { 2: 0.2 } }, { aps: { 2: 0.2 } });
  deepEqual(best(first, 1), ["0"]);
});

Deno.test("Ladder.hasReached() tells by states and steps who has come to a rung", () => {
  const { reached } = ladderOf(
    { aps: { 2: 0.1 } },
    { aps: { 2: 0.1 }, state: "running", stoppedAfter: null }, // it goes on, or stops
    { aps: { 2: 0.1, 4: 0.1 }, state: "interrupted", stoppedAfter: null },
    { aps: { 1: 0.1 }, state: "finished", stoppedAfter: null }, // stopped early
    { aps: {}, state: "failed", stoppedAfter: null },
  );
  deepEqual(reached, [
    [true, false],
    [false, false],
    [true, false],
    [true, true],
    [false, false],
  ]);
  deepEqual(last.volume, 12);
});
