import { deepEqual } from "node:assert/strict";
import { openPage } from "../page.ts";
import { makeReport, makeRunData } from "../_testing.ts";
import { differencesOf, splitsOf } from "./differences.ts";

const splits = (...plans: readonly object[]) =>
  splitsOf(differencesOf(
    openPage(makeReport(plans.map((plan, i) =>
      makeRunData({ id: `${i}`, plan: JSON.stringify(plan) })
    ))).runs,
  )).map(({ first, others }) =>
    [first, ...others].map(({ path }) => path)
  );

Deno.test("splitsOf() groups what splits the runs alike", () => {
  deepEqual(
    splits({ a: 1, b: 1, c: 1 }, { a: 1, b: 1, c: 2 }, { a: 2, b: 5, c: 2 }),
    [["a", "b"], ["c"]],
  );
});

Deno.test("splitsOf() sets what two runs differ in apart, all but what follows from it", () => {
  deepEqual(
    splits(
      { spec: { a: 1, b: 1 }, parameters: 1, memoryMiB: 1 },
      { spec: { a: 2, b: 2 }, parameters: 2, memoryMiB: 2 },
    ),
    [["a"], ["b"], ["parameters", "memoryMiB"]],
  );
});
