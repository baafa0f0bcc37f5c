import fc from "fast-check";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { compareWithTorch, courseOf, scheduleOf } from "./_testing.ts";

compareWithTorch("oneCycle");

const share = fc.double({ min: 0, max: 1, noNaN: true });

Deno.test("oneCycle() gives a factor between its end and 1 in every step, however few", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.record({
        rise: share,
        start: share,
        end: share,
        shape: fc.constantFrom("cosine", "linear"),
        threePhase: fc.boolean(),
      }),
      (total, options) => {
        const least = Math.min(options.start, options.end);
        for (const factor of courseOf(scheduleOf("oneCycle", options), total)) {
          const isBetween = factor >= least - 1e-9 && factor <= 1 + 1e-9;
          assertEquals(isBetween, true, `${factor}`);
        }
      },
    ),
    {
      numRuns: 300,
      examples: [[100, {
        rise: 0.01,
        start: 0.04,
        end: 0,
        shape: "cosine",
        threePhase: false,
      }]],
    },
  );
});

Deno.test("oneCycle() that rises for a single step begins at the full rate", () => {
  const course = courseOf(scheduleOf("oneCycle", { rise: 0.1 }), 10);
  assertEquals(course[0], 1);
  course.slice(1).forEach((factor, i) =>
    assertEquals(factor < course[i]!, true, "falls")
  );
});

Deno.test("oneCycle() of three phases falls as it rose, then to its end", () => {
  const options = { start: 0.1, end: 0.01, shape: "linear", threePhase: true };
  const course = courseOf(
    scheduleOf("oneCycle", { rise: 0.3, ...options }),
    20,
  );
  for (let i = 0; i <= 5; i++) {
    assertAlmostEquals(course[i]!, 0.1 + 0.9 * i / 5, 1e-12);
    assertAlmostEquals(course[10 - i]!, course[i]!, 1e-12);
  }
  assertAlmostEquals(course.at(-1)!, 0.01, 1e-12);
});
