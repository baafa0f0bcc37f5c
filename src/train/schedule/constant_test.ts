import { deepStrictEqual } from "node:assert";
import { checkWarmUp, courseOf, scheduleOf } from "./_testing.ts";

checkWarmUp("constant");

Deno.test("constant() gives the full rate throughout", () => {
  deepStrictEqual(courseOf(scheduleOf("constant"), 4), [1, 1, 1, 1]);
});

Deno.test("constant() that only warms up never comes to the full rate", () => {
  const course = courseOf(scheduleOf("constant", { warmUp: 1 }), 3);
  deepStrictEqual(course, [1 / 4, 2 / 4, 3 / 4]);
});
