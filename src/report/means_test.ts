import assert from "node:assert/strict";
import { stretchMeans } from "./means.ts";

Deno.test("stretchMeans() gives the mean of each stretch at its middle step", () => {
  const means = stretchMeans({
    steps: [10, 20, 30, 40, 50, 60],
    values: [1, 2, 6, 10, 20, 30],
  }, 2);
  assert.deepEqual(means, { steps: [20, 50], values: [3, 20] });
});

Deno.test("stretchMeans() leaves out what is not finite and keeps whole gaps", () => {
  const means = stretchMeans({
    steps: [1, 2, 3, 4],
    values: [4, Infinity, NaN, NaN],
  }, 2);
  assert.deepEqual(means, { steps: [1, 3], values: [4, NaN] });
});
