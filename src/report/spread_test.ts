import assert from "node:assert/strict";
import { assertAlmostEquals } from "@test/helpers.ts";
import { spreadOf } from "./spread.ts";

Deno.test("spreadOf() gives the mean and the sample standard deviation", () => {
  // Mean of 2, 4, 9 is 5; squares 9 + 1 + 16 = 26; √(26 / 2) = √13.
  const { mean, deviation, n } = spreadOf([2, 4, 9]);
  assertAlmostEquals(mean, 5, 1e-12);
  assertAlmostEquals(deviation!, Math.sqrt(13), 1e-12);
  assert.equal(n, 3);
  assert.equal(spreadOf([7]).deviation, null);
});
