import { readFixture } from "@test/fixtures.ts";
import { assertAlmostEquals } from "@test/helpers.ts";
import { type Schedule, schedules } from "./mod.ts";

/** A case of test/fixtures/train/schedules.jsonl. */
interface TorchCase {
  readonly type: string;
  readonly options: Record<string, unknown>;
  readonly total: number;
  readonly validations?: readonly [step: number, score: number | null][];
  readonly rates: readonly number[];
}

/** Opens a schedule as an experiment file names it. */
export function scheduleOf(
  type: string,
  options: Readonly<Record<string, unknown>> = {},
): Schedule {
  return schedules.create(schedules.schema.parse({ type, ...options }));
}

/** The factors of all steps of a training without validations. */
export function courseOf(schedule: Schedule, total: number): number[] {
  return Array.from({ length: total }, (_, i) => schedule(i + 1, total, []));
}

/** Registers a test of the cases that make.py has of a schedule. */
export function compareWithTorch(type: string): void {
  const cases = readFixture<TorchCase>("train/schedules.jsonl")
    .filter((one) => one.type === type);
  if (cases.length === 0) throw new TypeError(`torch has no case of "${type}"`);
  Deno.test(`${type}() takes the course of torch's, ${cases.length} times`, () => {
    for (const { options, total, validations = [], rates } of cases) {
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

/**
 * Registers the test of a schedule that can warm up: it rises in equal steps, then
 * takes its whole course in those that remain.
 */
export function checkWarmUp(
  type: string,
  options: Readonly<Record<string, unknown>> = {},
): void {
  Deno.test(`${type}() can warm up, then takes its whole course`, () => {
    const cold = courseOf(scheduleOf(type, { ...options, warmUp: 0 }), 30);
    const warm = courseOf(scheduleOf(type, { ...options, warmUp: .25 }), 40);
    const rise = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((step) => step / 11);
    [...rise, ...cold].forEach((factor, i) =>
      assertAlmostEquals(warm[i]!, factor, 1e-15)
    );
  });
}
