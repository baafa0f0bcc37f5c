import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { openRng } from "@/core/mod.ts";
import { importanceOf } from "./importance.ts";

Deno.test("importanceOf() is the share of the variance between values, less chance", () => {
  // Means 1 and 3 about 2: between 4, within 2 of two degrees of freedom.
  const share = importanceOf(["a", "a", "b", "b"], [0.5, 1.5, 2.5, 3.5])!;
  assertAlmostEquals(share, (4 - 1 / 2) / 5, 1e-12);
  assertAlmostEquals(
    importanceOf(["a", "a", "b", "b"], [1, 1, 3, 3])!,
    1,
    1e-12,
  );
});

Deno.test("importanceOf() takes many numbers in thirds", () => {
  const values = Array.from({ length: 9 }, (_, i) => `${i}`);
  const scores = [0, 0, 0, 5, 5, 5, 9, 9, 9];
  assertAlmostEquals(importanceOf(values, scores)!, 1, 1e-12);
});

Deno.test("importanceOf() is null where nothing can be told", () => {
  assertEquals(importanceOf(["a", "a"], [1, 2]), null); // one value
  assertEquals(importanceOf(["a", "b"], [1, 2]), null); // one run each
  assertEquals(importanceOf(["a", "a", "b"], [1, 1, 1]), null); // no scatter
  assertEquals(importanceOf([null, "a", "b", "b"], [1, 2, NaN, 3]), null);
});

Deno.test("importanceOf() finds about nothing where there is nothing", () => {
  const rng = openRng(4).at("importance"), sets = 400;
  let sum = 0;
  for (let s = 0; s < sets; s++) {
    const values = Array.from({ length: 12 }, (_, i) => `v${i % 3}`);
    sum += importanceOf(values, values.map(() => rng.normal()))!;
  }
  // Negative shares are 0, so that the mean is a little above.
  assertAlmostEquals(sum / sets, 0.06, 0.04);
});
