import { assertAlmostEquals } from "@test/helpers.ts";
import { cosine } from "./cosine.ts";
import { polynomial } from "./polynomial.ts";

Deno.test("polynomial() starts at 1 and falls to nearly 0", () => {
  const rate = polynomial.create({ power: 1 });
  assertAlmostEquals(rate(1, 4), 1, 0);
  assertAlmostEquals(rate(4, 4), .25, 0);
});

Deno.test("cosine() rises over the warm-up, then falls to the floor", () => {
  const rate = cosine.create({ warmUp: .2, floor: .1 });
  assertAlmostEquals(rate(1, 10), 1 / 3, 1e-12);
  assertAlmostEquals(rate(2, 10), 2 / 3, 1e-12);
  assertAlmostEquals(rate(3, 10), 1, 1e-12);
  assertAlmostEquals(rate(7, 10), .1 + .9 / 2, 1e-12); // half of 8 steps done
});
