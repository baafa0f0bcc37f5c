import { deepEqual, equal } from "node:assert/strict";
import { Abscissa } from "./abscissa.js";

const hour = 3_600_000;

const clock = { time: { last: 10, ms: 2 * hour, shares: [1, 3] } };

Deno.test("Abscissa tells time in the largest unit of which there are three", () => {
  const of = (ms: number) =>
    new Abscissa("time", [clock, { time: { last: 1, ms, shares: [1] } }]);
  equal(of(3 * hour).label, "hours of training");
  equal(of(3 * hour - 1).label, "minutes of training");
  equal(of(3 * hour).read(1.5), "1.50 h");
  equal(new Abscissa("time", [{}]).label, "seconds of training");
});

Deno.test("Abscissa has ticks at whole steps and samples alone", () => {
  const tick = (x: number) => new Abscissa("steps", []).tick(x);
  deepEqual([2.5, 3, 12_000].map(tick), ["", "3", "12k"]);
  equal(new Abscissa("time", [clock]).tick(2.5), "2.5");
});
