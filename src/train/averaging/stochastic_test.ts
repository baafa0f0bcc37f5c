import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { averagingOf, checkInTraining } from "./_testing.ts";

checkInTraining("stochastic", { from: .4, everySteps: 2 });

Deno.test("stochastic() begins late, then takes a set of weights every so many steps", () => {
  const { share } = averagingOf("stochastic", { from: .5, everySteps: 2 });
  deepStrictEqual(
    [1, 4, 5, 6, 7, 8, 9, 10].map((step) => share(step, 10)),
    [1, 1, 1, 0, 1 / 2, 0, 1 / 3, 0],
  );
});

Deno.test("stochastic() gives each set of weights it takes the same share", () => {
  fc.assert(fc.property(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 60 }),
    (from, everySteps, total) => {
      const { share } = averagingOf("stochastic", { from, everySteps });
      const begins = Math.max(1, Math.ceil(from * total));
      let parts: number[] = [];
      for (let step = 1; step <= total; step++) {
        const s = share(step, total);
        if (s > 0) parts = [...parts.map((part) => part * (1 - s)), s];
      }
      const taken = parts.filter((part) => part > 0);
      const sets = 1 + Math.floor((total - begins) / everySteps);
      assertEquals(taken.length, Math.max(1, sets));
      for (const part of taken) {
        assertAlmostEquals(part, 1 / taken.length, 1e-9);
      }
    },
  ));
});

Deno.test("stochastic() estimates statistics from as many batches as it is told", () => {
  assertEquals(averagingOf("stochastic").statisticsFrom, 50);
  assertEquals(averagingOf("stochastic", { batches: 7 }).statisticsFrom, 7);
});
