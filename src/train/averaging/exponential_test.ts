import fc from "fast-check";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { averagingOf, checkInTraining } from "./_testing.ts";

checkInTraining("exponential", { decay: .7 });

Deno.test("exponential() forgets faster at first, as TensorFlow's does", () => {
  const { share } = averagingOf("exponential", { decay: .9 });
  assertAlmostEquals(share(1, 100), 1 - 2 / 11, 1e-15);
  assertAlmostEquals(share(20, 100), 1 - 21 / 30, 1e-15);
  assertAlmostEquals(share(99, 100), 1 - .9, 1e-15); // 100 / 109 is more
  const { share: cold } = averagingOf("exponential", { warmUp: false });
  assertAlmostEquals(cold(1, 100), .001, 1e-15);
});

Deno.test("exponential() takes at least its share, less and less, up to nothing kept", () => {
  fc.assert(fc.property(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: 1, max: 1e6 }),
    (decay, step) => {
      const { share } = averagingOf("exponential", { decay });
      assertEquals(share(step, 1e6) >= 1 - decay, true, "least");
      assertEquals(share(step + 1, 1e6) <= share(step, 1e6), true, "falls");
      assertEquals(share(step, 1e6) <= 1, true, "most");
    },
  ));
});

Deno.test("exponential() averages the statistics of normalisations as the weights", () => {
  assertEquals(averagingOf("exponential").statisticsFrom, null);
});
