import { equal } from "node:assert/strict";
import { beforeBest } from "./before_best.ts";

const higher = { better: "higher" } as const;
const score = (
  value: number,
  [startMs, atMs]: [number, number],
  group = 0,
) => ({
  ...{ value, startMs, atMs, group },
});

Deno.test("beforeBest() is the best of other plans that had ended by then", () => {
  const best = score(0.9, [10, 20]);
  const known = score(0.5, [0, 10], 1);
  const inTime = [
    score(0.4, [0, 5], 2),
    score(0.8, [0, 6]), // of the same plan
    known,
    score(0.7, [0, 11], 3), // ended too late
  ];
  equal(beforeBest(best, { inTime, facts: higher }), known);
  equal(beforeBest(best, { inTime: [], facts: higher }), null);
});

Deno.test("beforeBest() goes by the direction, and keeps the first of equals", () => {
  const best = score(10, [10, 20]);
  const first = score(30, [0, 3], 1), worse = score(40, [0, 2], 2);
  const inTime = [worse, first, score(30, [0, 4], 3)];
  const facts = { better: "lower" } as const;
  equal(beforeBest(best, { inTime, facts }), first);
});
