import { deepEqual } from "node:assert/strict";
import { assertEquals } from "@test/helpers.ts";
import { roundReaches, seedsNeeded } from "./seeds_needed.ts";

Deno.test("seedsNeeded() is the first number whose interval is that narrow", () => {
  // t of 3 is 3.182, of 2 4.303: 3.182 / √4 = 1.59, 4.303 / √3 = 2.48.
  assertEquals(seedsNeeded({ deviation: 1, reach: 1.6 }), 4);
  assertEquals(seedsNeeded({ deviation: 1, reach: 2.49 }), 3);
  assertEquals(seedsNeeded({ deviation: 1, reach: 100 }), 2);
  // About (1.96 / 0.1)² = 384, a little more as t is wider.
  assertEquals(seedsNeeded({ deviation: 1, reach: 0.1 }), 387);
  assertEquals(seedsNeeded({ deviation: 1, reach: 0.01 }), null);
});

Deno.test("roundReaches() goes down by 5, 2 and 1", () => {
  deepEqual(roundReaches(0.037, 3), [0.02, 0.01, 0.005]);
  deepEqual(roundReaches(6, 3), [5, 2, 1]);
});
