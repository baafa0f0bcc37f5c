import { deepStrictEqual } from "node:assert";
import { dueAfter } from "./due.ts";

Deno.test("dueAfter() names every so many steps, and the last", () => {
  const plan = {
    totalSteps: 7,
    saveEverySteps: 2,
    validateEverySteps: 3,
    onNan: "stop",
  } as const;
  const steps = [1, 2, 3, 4, 5, 6, 7];
  const due = steps.map((step) => dueAfter(step, plan));
  deepStrictEqual(due.map(({ step }) => step), steps);
  const when = (key: "save" | "validate") =>
    due.filter((one) => one[key]).map(({ step }) => step);
  deepStrictEqual(when("save"), [2, 4, 6, 7]);
  deepStrictEqual(when("validate"), [3, 6, 7]);
});
