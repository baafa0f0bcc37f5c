import { throws } from "node:assert/strict";
import { assertAlmostEquals } from "@test/helpers.ts";
import { student95, studentTails } from "./student.ts";

// scipy.stats.t.ppf(0.975, freedom), scipy 1.17.1.
const reference: readonly [number, number][] = [
  [1, 12.706204736174694],
  [2, 4.302652729749462],
  [3, 3.1824463052837078],
  [4, 2.7764451051977934],
  [5, 2.5705818356363146],
  [9, 2.262157162798205],
  [10, 2.228138851986274],
  [30, 2.0422724563012378],
  [101, 1.983731002955606],
  [1000, 1.9623390808264083],
];

for (const [freedom, t] of reference) {
  Deno.test(`student95() agrees with scipy for ${freedom} degrees of freedom`, () => {
    assertAlmostEquals(student95(freedom), t, 1e-9);
  });
}

Deno.test("student95() refuses degrees of freedom that make no sense", () => {
  for (const freedom of [0, -1, 1.5, NaN]) {
    throws(() => student95(freedom), RangeError);
  }
});

Deno.test("studentTails() is 0.05 where student95() is, and as closed forms have it", () => {
  for (const [freedom, t] of reference) {
    assertAlmostEquals(studentTails(t, freedom), 0.05, 1e-9);
    assertAlmostEquals(studentTails(-t, freedom), 0.05, 1e-9);
  }
  // Cauchy: 1 − 2/π · atan(t); two degrees: 1 − t / √(2 + t²).
  assertAlmostEquals(studentTails(2, 1), 1 - 2 / Math.PI * Math.atan(2), 1e-12);
  assertAlmostEquals(studentTails(3, 2), 1 - 3 / Math.sqrt(11), 1e-12);
  assertAlmostEquals(studentTails(0, 4), 1, 1e-12);
  assertAlmostEquals(studentTails(Infinity, 4), 0, 0);
});
