import fc from "fast-check";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { checkWarmUp, courseOf, scheduleOf } from "./_testing.ts";

checkWarmUp("cosine", { floor: .1 });

Deno.test("cosine() rises over the warm-up, then falls to the floor", () => {
  const rate = scheduleOf("cosine", { warmUp: .2, floor: .1 });
  assertAlmostEquals(rate(1, 10, []), 1 / 3, 1e-12);
  assertAlmostEquals(rate(2, 10, []), 2 / 3, 1e-12);
  assertAlmostEquals(rate(3, 10, []), 1, 1e-12);
  assertAlmostEquals(rate(7, 10, []), .1 + .9 / 2, 1e-12); // half of 8 steps done
});

Deno.test("cosine() falls without a break from 1, never below its floor", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 99 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    (total, floor) => {
      const course = courseOf(
        scheduleOf("cosine", { warmUp: 0, floor }),
        total,
      );
      assertEquals(course[0], 1);
      course.forEach((factor, i) => {
        assertEquals(factor >= floor - 1e-12, true, "floor");
        assertEquals(factor <= (course[i - 1] ?? 1), true, "falls");
      });
    },
  ));
});

Deno.test("cosine() loses as much in its first half as in its second", () => {
  const course = courseOf(scheduleOf("cosine", { warmUp: 0 }), 20);
  assertAlmostEquals(course[10]!, 1 / 2, 1e-12);
  for (let i = 1; i < 10; i++) {
    assertAlmostEquals(course[10 - i]! + course[10 + i]!, 1, 1e-12);
  }
});
