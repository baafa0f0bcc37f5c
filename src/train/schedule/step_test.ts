import { deepStrictEqual, throws } from "node:assert";
import { assertAlmostEquals } from "@test/helpers.ts";
import {
  checkWarmUp,
  compareWithTorch,
  courseOf,
  scheduleOf,
} from "./_testing.ts";

compareWithTorch("step");
checkWarmUp("step");

Deno.test("step() falls after half and after three quarters by default", () => {
  const course = courseOf(scheduleOf("step"), 8);
  [1, 1, 1, 1, .1, .1, .01, .01].forEach((factor, i) =>
    assertAlmostEquals(course[i]!, factor, 1e-15)
  );
});

Deno.test("step() falls again and again in place of milestones", () => {
  const options = { every: .25, milestones: [.1], factor: .5 };
  deepStrictEqual(
    courseOf(scheduleOf("step", options), 8),
    [1, 1, .5, .5, .25, .25, .125, .125],
  );
});

Deno.test("step() falls at most once in a step, however short the training", () => {
  const options = { every: .001, factor: .5 };
  deepStrictEqual(courseOf(scheduleOf("step", options), 3), [1, .5, .25]);
});

Deno.test("step() counts milestones in any order, and those that coincide each", () => {
  const options = { milestones: [.75, .5, .5], factor: .5 };
  deepStrictEqual(courseOf(scheduleOf("step", options), 4), [1, 1, .25, .125]);
});

Deno.test("step() refuses shares that are none", () => {
  throws(() => scheduleOf("step", { milestones: [0] }));
  throws(() => scheduleOf("step", { every: 1.1 }));
});
