import fc from "fast-check";
import { deepStrictEqual, ok } from "node:assert/strict";
import { join } from "node:path";
import type { MetricPoint } from "@/record/mod.ts";
import { thinSeries } from "@/record/mod.ts";
import { checkArtifactName, newRun, withRecords } from "@/record/_testing.ts";

const settings = { seed: 1, numRuns: 25 };
const plain = { noNullPrototype: true };
const text = fc.string({ unit: "grapheme", maxLength: 30 });
const point: fc.Arbitrary<MetricPoint> = fc.record({
  split: fc.constantFrom("train", "validation", "test"),
  name: fc.constantFrom("loss", "ap", "a/b", "__proto__"),
  step: fc.integer({ min: 0, max: 9 }),
  value: fc.double(),
}, plain);

Deno.test("startRun() keeps any run as it was given", () => {
  const run = fc.record({
    experiment: text,
    file: fc.option(text),
    overrides: fc.array(text),
    plan: fc.json(),
    planHash: text,
    trainingHash: text,
    ranking: fc.record({
      name: text,
      better: fc.constantFrom("higher" as const, "lower" as const),
    }, plain),
    seed: fc.maxSafeNat(),
    rerunOf: fc.option(text),
    trainedBy: fc.option(text),
    variant: fc.option(fc.dictionary(text, text, plain)),
    inputs: fc.array(fc.record({
      role: text,
      split: fc.constantFrom("train" as const, "test" as const, null),
      run: fc.option(text),
      path: text,
      bytes: fc.maxSafeNat(),
      sha256: text,
    }, plain)),
    environment: fc.record({
      engine: text,
      versions: fc.dictionary(text, text, plain),
      devices: fc.array(text),
      threads: fc.nat(),
      cpu: text,
      gpu: fc.option(text),
      os: text,
      commit: fc.option(text),
      dirtyDiff: text,
      lockfileSha256: text,
      notices: fc.array(text),
    }, plain),
  }, plain);
  withRecords((records) => {
    fc.assert(
      fc.property(run, (given) => {
        using recorder = records.startRun(given);
        const { id, startedAt, ...kept } = records.run(recorder.run.id);
        const { state, reason, finishedAt, verdict, stoppedAfter } = kept;
        deepStrictEqual(kept, {
          ...{ ...given, state, reason, finishedAt, verdict, stoppedAfter },
        });
        deepStrictEqual([state, reason, finishedAt, verdict, stoppedAfter], [
          ...["running", null, null, null, null],
        ]);
        ok(id.length > 0 && startedAt.endsWith("Z"));
      }),
      settings,
    );
  });
});

Deno.test("a recorder keeps the latest value of each point, however it is flushed and trimmed", () => {
  const action = fc.oneof(
    { weight: 8, arbitrary: point },
    { weight: 2, arbitrary: fc.constant("flush" as const) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 9 }) },
  );
  withRecords((records) => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        let recorder = records.startRun(newRun());
        const id = recorder.run.id;
        const expected = new Map<string, MetricPoint>();
        for (const action of actions) {
          if (action === "flush") recorder.flush();
          else if (typeof action === "number") {
            recorder.finish("interrupted");
            recorder = records.continueRun(id, { afterStep: action });
            for (const [key, { step }] of expected) {
              if (step > action) expected.delete(key);
            }
          } else {
            recorder.metric(action);
            const { split, name, step } = action;
            expected.set(`${split} ${name} ${step}`, action);
          }
        }
        recorder.finish("finished");
        const byPlace = (a: MetricPoint, b: MetricPoint) =>
          compare(a.split, b.split) || compare(a.name, b.name) ||
          a.step - b.step;
        deepStrictEqual(
          records.metrics(id),
          [...expected.values()].toSorted(byPlace),
        );
        const last = new Map(
          records.metrics(id).map(({ split, name, value }) => [
            `${split}/${name}`,
            value,
          ]),
        );
        deepStrictEqual(records.lastMetrics(id), Object.fromEntries(last));
      }),
      settings,
    );
  });
});

Deno.test("thinSeries() keeps order, ends and extremes within its bound", () => {
  const values = fc.array(fc.double(), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(values, fc.integer({ min: 8, max: 60 }), (values, most) => {
      const steps = values.map((_, i) => 3 * i);
      const whole = { split: "train", name: "loss", steps, values } as const;
      const thin = thinSeries(whole, most);
      ok(thin.steps.length <= most);
      deepStrictEqual(thin.steps, thin.steps.toSorted((a, b) => a - b));
      deepStrictEqual(thin.values, thin.steps.map((step) => values[step / 3]));
      deepStrictEqual([thin.steps[0], thin.steps.at(-1)], [0, steps.at(-1)]);
      const numbers = values.filter((value) => !Number.isNaN(value));
      if (numbers.length > 0) {
        const isIn = (value: number) => thin.values.some((v) => v === value);
        ok(isIn(Math.min(...numbers)) && isIn(Math.max(...numbers)));
      }
      if (values.some(Number.isNaN)) ok(thin.values.some(Number.isNaN));
    }),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("checkArtifactName() lets no name out of its folder", () => {
  const part = fc.constantFrom("..", ".", "", "a", "/", "\\", "\0", "b.png");
  const name = fc.array(part, { maxLength: 6 }).map((parts) => parts.join("/"));
  fc.assert(
    fc.property(name, (name) => {
      try {
        checkArtifactName(name);
      } catch {
        return;
      }
      deepStrictEqual(join("/root", name), `/root/${name}`);
    }),
    { seed: 1, numRuns: 500 },
  );
});

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
