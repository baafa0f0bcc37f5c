import { deepEqual, equal } from "node:assert/strict";
import { bestOf, isBetter, shareOf } from "./facts.ts";
import { metricFacts } from "./gather.ts";

const { ap, score, threshold } = metricFacts();

Deno.test("isBetter() goes by the direction, never for equals", () => {
  const both = (of: Parameters<typeof isBetter>[2]) => [
    isBetter(1, 2, of),
    isBetter(2, 1, of),
    isBetter(1, 1, of),
  ];
  deepEqual(both(ap!), [false, true, false]);
  deepEqual(both(score!), [true, false, false]);
  deepEqual(both(threshold!), [false, false, false]);
});

Deno.test("bestOf() goes by the direction, and is null of nothing", () => {
  equal(bestOf([0.2, 0.5, 0.4], ap!), 0.5);
  equal(bestOf([30, 20, 40], score!), 20);
  equal(bestOf([0.2, 0.5], threshold!), null);
  equal(bestOf([], ap!), null);
});

Deno.test("shareOf() is where a value lies between its bounds, if both have an end", () => {
  const bounded = { bounds: [-1, 3] as const };
  equal(shareOf(1, bounded), 0.5);
  equal(shareOf(30, score!), null);
  equal(shareOf(1, { bounds: [-Infinity, 1] }), null);
});
