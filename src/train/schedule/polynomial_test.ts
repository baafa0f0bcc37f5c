import fc from "fast-check";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { checkWarmUp, courseOf, scheduleOf } from "./_testing.ts";

checkWarmUp("polynomial");

Deno.test("polynomial() of power 1 is a straight line that ends a step before 0", () => {
  const course = courseOf(scheduleOf("polynomial", { power: 1 }), 4);
  [1, .75, .5, .25].forEach((factor, i) =>
    assertAlmostEquals(course[i]!, factor, 0)
  );
});

Deno.test("polynomial() is nnU-Net's power of what is left by default", () => {
  const course = courseOf(scheduleOf("polynomial"), 1000);
  assertAlmostEquals(course[250]!, .75 ** .9, 1e-12);
  assertAlmostEquals(course[999]!, .001 ** .9, 1e-12);
});

Deno.test("polynomial() falls in every step and stays above 0", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 99 }),
    fc.double({ min: 0.1, max: 9, noNaN: true }),
    (total, power) => {
      const course = courseOf(scheduleOf("polynomial", { power }), total);
      assertEquals(course[0], 1);
      course.forEach((factor, i) =>
        assertEquals(factor > 0 && (i === 0 || factor < course[i - 1]!), true)
      );
    },
  ));
});
