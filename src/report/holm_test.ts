import { deepEqual } from "node:assert/strict";
import { openRng } from "@/core/mod.ts";
import { assertAlmostEquals } from "@test/helpers.ts";
import { holm } from "./holm.ts";
import { pairedDifference } from "./paired.ts";

Deno.test("holm() multiplies by those not yet decided, and never falls", () => {
  // 0.01 · 4, then 0.02 · 3, 0.03 · 2 is no less than that, 0.5 · 1.
  deepEqual(holm([0.5, 0.01, 0.03, 0.02]), [0.5, 0.04, 0.06, 0.06]);
  deepEqual(holm([0.6, 0.7]), [1, 1]);
  deepEqual(holm([null, 0.04, null]), [null, 0.04, null]);
  deepEqual(holm([]), []);
});

Deno.test("holm() finds something in one of twenty sets where there is nothing", () => {
  const rng = openRng(2).at("holm"), sets = 1500, comparisons = 8;
  const values = () =>
    new Map(Array.from({ length: 3 }, (_, i) => [`${i}`, rng.normal()]));
  let raw = 0, corrected = 0;
  for (let s = 0; s < sets; s++) {
    const ps = Array.from(
      { length: comparisons },
      () => pairedDifference(values(), values())!.p,
    );
    if (ps.some((p) => p! < 0.05)) raw++;
    if (holm(ps).some((p) => p! < 0.05)) corrected++;
  }
  // Uncorrected 1 − 0.95⁸ = 0.337; four standard errors are 0.049 and 0.023.
  assertAlmostEquals(raw / sets, 1 - 0.95 ** comparisons, 0.049);
  assertAlmostEquals(corrected / sets, 0.05, 0.023);
});
