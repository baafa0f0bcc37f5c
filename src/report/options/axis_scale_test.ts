import { deepEqual } from "node:assert/strict";
import { assertAlmostEquals } from "@test/helpers.ts";
import { axisScale } from "./axis_scale.ts";

Deno.test("axisScale() places words apart, the first on top", () => {
  const { place, ticks } = axisScale(["b", "a", null, "b", "c"]);
  deepEqual(ticks, ["b", "a", "c"]);
  deepEqual(["b", "a", "c", "d", null].map(place), [1, 0.5, 0, null, null]);
  deepEqual(axisScale(["a"]).place("a"), 0.5);
});

Deno.test("axisScale() places numbers in proportion, wide ones by their logarithm", () => {
  const near = axisScale(["1", "2", "5"]);
  deepEqual(["1", "2", "5"].map(near.place), [0, 0.25, 1]);
  const wide = axisScale(["0.001", "0.01", "0.1"]);
  assertAlmostEquals(wide.place("0.01")!, 0.5, 1e-12);
  const many = axisScale(["1", "2", "3", "4", "5", "6"]);
  deepEqual(many.ticks, ["1", "3.5", "6"]);
});
