import { deepEqual, equal, match } from "node:assert/strict";
import { seeSection } from "../_reading_testing.ts";
import { makeReport, makeRunData, matrixReport } from "../_testing.ts";

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
    "Key | Value",
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
    "Key | Value",
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

Deno.test("config names the runs of a value where there are more than six", () => {
  const plans = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ a: i < 2 ? 1 : 2 }));
  equal(see(...plans(6)).lines[0]?.split(" | ").length, 7);
  deepEqual(see(...plans(7)).lines, [
    "1 difference | Values and the runs that have them",
    "a |",
    "1 r0 r1",
    "2 all but r0, r1",
  ]);
});

Deno.test("config shows in one row what splits the runs alike", () => {
  const plans = [1, 1, 2].map((a) => ({ a, b: 10 * a, c: a === 1 }));
  deepEqual(see(...plans).lines.slice(0, 6), [
    "3 differences | r0 | r1 | r2",
    "a",
    "2 keys change with it",
    "b 10 20",
    "c true false",
    "| 1 | 1 | 2",
  ]);
});

Deno.test("config takes no hash, note or tag for a difference", () => {
  const plan = (i: number) => ({
    hash: `${i}`,
    trainingHash: `${i}`,
    spec: { name: "x", summary: `${i}`, notes: `${i}`, tags: [`${i}`], a: 1 },
  });
  equal(
    see(plan(1), plan(2)).lines[0],
    "The plans of all runs are equal, the seed included.",
  );
});

Deno.test("config tells a matrix by its axes, and what they leave unexplained", () => {
  const data = matrixReport(
    [
      { name: "loss", values: ["dice", "both"] },
      { name: "seed", values: ["1", "2"] },
    ],
    () => 0.5,
  );
  const dice = { type: "dice", smooth: 1 };
  const runs = data.runs.map((one) => {
    const { seed, variant } = one.run;
    const terms = variant!["loss"] === "dice"
      ? [dice]
      : [{ type: "bce", weight: 2 }, dice];
    const odd = seed === 2 && variant!["loss"] === "dice" ? 3 : 4;
    const plan = JSON.stringify({ spec: { seed, loss: { terms }, odd } });
    return { ...one, run: { ...one.run, plan } };
  });
  const { lines } = seeSection({ type: "config" }, { ...data, runs });
  deepEqual(
    lines,
    [
      "Axis | Values, and what they set",
      "loss |",
      "dice loss. terms [dice]",
      "both loss. terms [bce, dice]",
      "1 key changes with it",
      "loss.terms[bce]. weight not set 2",
      "seed |",
      "seed 1, 2",
      "Beside the axes | Values and the runs that have them",
      "odd |",
      "4 all but dice · seed 2",
      "3 dice · seed 2",
      "The same in all runs, 1 value",
      "Filter",
      "Key | Value",
      "loss.terms[0].... ",
    ].slice(0, 12).concat(lines.slice(12)),
  );
});

Deno.test("config leaves the options of a search to its trials, and says so", () => {
  const data = matrixReport(
    [{ name: "trial", values: ["1", "2"] }],
    () => 0.5,
  );
  const runs = data.runs.map((one, i) => {
    const volumes = i === 0 ? ["validation"] : ["validation", "test"];
    const plan = JSON.stringify({ spec: { rate: i, size: 8 }, volumes });
    return { ...one, run: { ...one.run, plan } };
  });
  const { record, ids } = data.matrix!;
  const search = { draw: "sobol", seed: 1, rungs: [] };
  const matrix = { record: { ...record, search }, ids };
  deepEqual(seeSection({ type: "config" }, { ...data, runs, matrix }).lines, [
    "Beside the options of the search, the plans of all runs are equal.",
    "The same in all runs, 1 value",
    "Filter",
    "Key | Value",
    "size | 8",
  ]);
});

Deno.test("config keeps apart what should not differ: data, what computes, code", () => {
  const environment = makeRunData().run.environment;
  const data = makeReport([0, 1].map((i) =>
    makeRunData({
      experiment: `r${i}`,
      plan: JSON.stringify({ spec: { train: { threads: i } } }),
      environment: { ...environment, commit: i ? "abc" : "def" },
    })
  ));
  deepEqual(seeSection({ type: "config" }, data).lines, [
    "! not the same everywhere Data, what computes and code should be one for all runs of a comparison.",
    "2 things differ | Values and the runs that have them",
    "train. threads |",
    "0 r0",
    "1 r1",
    "Code |",
    "def r0",
    "abc r1",
    "In all else the plans of the runs are equal.",
  ]);
});

Deno.test("config names the ends of more than eight values", () => {
  const plans = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ a: i }));
  equal(see(...plans(8)).lines.length, 2 + 8);
  deepEqual(see(...plans(9)).lines.slice(1), ["a | 9 values, 0 to 8"]);
});

Deno.test("config cuts a value of more than 300 characters, and says so", () => {
  const text = (length: number) => JSON.parse(`"${"x".repeat(length)}"`);
  equal(see({ a: text(298) }).lines.at(-1), `a | "${text(298)}"`);
  equal(
    see({ a: text(299) }).lines.at(-1),
    `a | "${text(299)} … 301 characters`,
  );
});
