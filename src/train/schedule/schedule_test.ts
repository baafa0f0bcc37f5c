import { deepStrictEqual } from "node:assert";
import { readFixture } from "@test/fixtures.ts";
import { assertAlmostEquals } from "@test/helpers.ts";
import { schedules } from "./mod.ts";

interface TorchCase {
  readonly type: string;
  readonly options: Record<string, unknown>;
  readonly total: number;
  readonly validations?: readonly [step: number, score: number | null][];
  readonly rates: readonly number[];
}

const scheduleOf = (type: string, options: Record<string, unknown>) =>
  schedules.create(schedules.schema.parse({ type, ...options }));

const cases = readFixture<TorchCase>("train/schedules.jsonl");
for (const [type, ofType] of Map.groupBy(cases, (one) => one.type)) {
  Deno.test(`${type}() takes the course of torch's, ${ofType.length} times`, () => {
    for (const { options, total, validations = [], rates } of ofType) {
      const schedule = scheduleOf(type, options);
      rates.forEach((rate, i) => {
        const before = validations.filter(([step]) => step <= i)
          .map(([step, score]) => ({
            step,
            scores: { [options.metric as string]: score ?? NaN },
          }));
        assertAlmostEquals(schedule(i + 1, total, before), rate, 1e-12);
      });
    }
  });
}

Deno.test("polynomial() starts at 1 and falls to nearly 0", () => {
  const rate = scheduleOf("polynomial", { power: 1 });
  assertAlmostEquals(rate(1, 4, []), 1, 0);
  assertAlmostEquals(rate(4, 4, []), .25, 0);
});

Deno.test("cosine() rises over the warm-up, then falls to the floor", () => {
  const rate = scheduleOf("cosine", { warmUp: .2, floor: .1 });
  assertAlmostEquals(rate(1, 10, []), 1 / 3, 1e-12);
  assertAlmostEquals(rate(2, 10, []), 2 / 3, 1e-12);
  assertAlmostEquals(rate(3, 10, []), 1, 1e-12);
  assertAlmostEquals(rate(7, 10, []), .1 + .9 / 2, 1e-12); // half of 8 steps done
});

Deno.test("every schedule but oneCycle() can warm up, then takes its whole course", () => {
  for (const { name, options } of schedules.components) {
    if (name === "oneCycle") continue;
    deepStrictEqual("warmUp" in options, true, name);
    const metric = name === "plateau" ? { metric: "dice" } : {};
    const cold = scheduleOf(name, { ...metric, warmUp: 0 });
    const warm = scheduleOf(name, { ...metric, warmUp: .25 });
    const course = [...Array(40).keys()].map((i) => warm(i + 1, 40, []));
    deepStrictEqual(course.slice(0, 10).map((v) => v * 11), [
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    ]);
    deepStrictEqual(
      course.slice(10),
      [...Array(30).keys()].map((i) => cold(i + 1, 30, [])),
      name,
    );
  }
});
