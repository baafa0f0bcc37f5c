import { deepStrictEqual } from "node:assert";
import { steps } from "./catalog.ts";
import { calledAt, calledFrom, orderFault, settledSteps } from "./order.ts";

const listOf = (...types: string[]) =>
  types.map((type) => steps.schema.parse({ type }));

Deno.test("orderFault() has nothing against probabilities, a call, and what changes it", () => {
  for (
    const types of [
      [],
      ["size"],
      ["smooth"],
      ["smooth", "hysteresis", "fill", "size"],
      ["threshold", "components", "size", "components"],
    ]
  ) deepStrictEqual(orderFault(listOf(...types)), undefined, `${types}`);
});

Deno.test("orderFault() names the step that is out of place", () => {
  const at = (...types: string[]) => orderFault(listOf(...types))?.at;
  deepStrictEqual(at("size", "smooth"), 1);
  deepStrictEqual(at("threshold", "smooth"), 1);
  deepStrictEqual(at("smooth", "size", "threshold"), 2);
  deepStrictEqual(at("threshold", "hysteresis"), 1);
});

Deno.test("settledSteps() puts a threshold in its place, and the value that was chosen", () => {
  const types = (...given: string[]) =>
    settledSteps(listOf(...given), 0.4).map(({ type }) => type);
  deepStrictEqual(types("smooth", "size"), ["smooth", "threshold", "size"]);
  deepStrictEqual(types("smooth"), ["smooth", "threshold"]);
  deepStrictEqual(types(), ["threshold"]);
  deepStrictEqual(types("hysteresis", "size"), ["hysteresis", "size"]);
  deepStrictEqual(calledAt(settledSteps(listOf("size"), 0.4)), 0.4);
  deepStrictEqual(calledAt(settledSteps(listOf("hysteresis"), 0.4)), 0.4);
  deepStrictEqual(calledAt(settledSteps(listOf("size"), undefined)), undefined);
});

Deno.test("settledSteps() leaves a threshold that the file names", () => {
  const given = [steps.schema.parse({ type: "threshold", p: 0.7 })];
  deepStrictEqual(settledSteps(given, 0.4), given);
});

Deno.test("calledFrom() replaces the threshold, whatever calls", () => {
  const given = [
    steps.schema.parse({ type: "hysteresis", high: 0.7, low: 0.2 }),
    steps.schema.parse({ type: "size" }),
  ];
  const [call, size] = calledFrom(given, 0.5);
  deepStrictEqual([call!.high, call!.low, size], [0.5, 0.2, given[1]]);
});
