import { deepEqual, equal, match } from "node:assert/strict";
import { seeSection } from "../_reading_testing.ts";
import { makeReport, makeRunData } from "../_testing.ts";

/** Runs of these plans, told apart by the names of their experiments. */
const see = (...plans: readonly unknown[]) =>
  seeSection(
    { type: "config" },
    makeReport(plans.map((plan, i) =>
      makeRunData({ experiment: `r${i}`, plan: JSON.stringify(plan) })
    )),
  );

Deno.test("config shows the plan of a single run, open where it is short", () => {
  const { lines, html } = see({ a: { b: 1 }, list: [{ c: 2 }, { c: [3] }] });
  deepEqual(lines, [
    "The resolved plan, 3 values",
    "Filter",
    "a. b | 1",
    "list[0]. c | 2",
    "list[1]. c | [3]",
  ]);
  const plan = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]));
  match(html, /^<details open>/);
  match(see(plan(12)).html, /^<details open>/);
  match(see(plan(13)).html, /^<details\s*>/);
});

Deno.test("config sets what differs side by side, and folds what is the same", () => {
  const { lines, html } = see({ a: 1, b: 2 }, { a: 1, b: 3 }, { a: 1 });
  deepEqual(lines, [
    "1 difference | r0 | r1 | r2",
    "b | 2 | 3 | not set",
    "The same in all runs, 1 value",
    "Filter",
    "a | 1",
  ]);
  match(html, /<details\s*>/);
});

Deno.test("config says that plans are equal, or that nothing is", () => {
  deepEqual(see({ a: 1 }, { a: 1 }).lines.slice(0, 2), [
    "The plans of all runs are equal, the seed included.",
    "The same in all runs, 1 value",
  ]);
  deepEqual(see({ a: 1 }, { a: 2 }).lines, [
    "1 difference | r0 | r1",
    "a | 1 | 2",
  ]);
  deepEqual(see().lines, []);
});

Deno.test("config lists values with their runs where there are more than six", () => {
  const plans = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ a: i < 2 ? 1 : 2 }));
  equal(see(...plans(6)).lines[0]?.split(" | ").length, 7);
  deepEqual(see(...plans(7)).lines, [
    "1 difference | Values and the runs that have them",
    "a |",
    "1 r0 r1",
    "2 r2 r3 r4 r5 r6",
  ]);
});

Deno.test("config names the ends of more than twelve values", () => {
  const plans = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ a: i }));
  equal(see(...plans(12)).lines.length, 2 + 12);
  deepEqual(see(...plans(13)).lines.slice(1), ["a | 13 values, 0 to 12"]);
});

Deno.test("config cuts a value of more than 300 characters, and says so", () => {
  const text = (length: number) => JSON.parse(`"${"x".repeat(length)}"`);
  equal(see({ a: text(298) }).lines.at(-1), `a | "${text(298)}"`);
  equal(
    see({ a: text(299) }).lines.at(-1),
    `a | "${text(299)} … 301 characters`,
  );
});
