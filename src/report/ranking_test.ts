import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { byRanking, compare } from "./ranking.ts";

Deno.test("compare() orders all numbers, infinities too", () => {
  fc.assert(fc.property(
    fc.double({ noNaN: true }),
    fc.double({ noNaN: true }),
    (a, b) => {
      equal(compare(a, b), a === b ? 0 : Math.sign(a - b));
      equal(compare(a, a), 0);
      equal(compare(a, b) + compare(b, a), 0);
    },
  ));
  deepEqual([Infinity, 0, -Infinity].sort(compare), [-Infinity, 0, Infinity]);
});

Deno.test("byRanking() puts the best first, what was not measured last", () => {
  const sorted = (better: "higher" | "lower") =>
    [1, null, 3, NaN, undefined, 2]
      .map((a) => ({ metrics: { ...a !== undefined && { a }, b: 5 } }))
      .toSorted(byRanking({ name: "a", better }))
      .map(({ metrics: { a } }) => a);
  deepEqual(sorted("higher"), [3, 2, 1, null, NaN, undefined]);
  deepEqual(sorted("lower"), [1, 2, 3, null, NaN, undefined]);
});
