import { deepStrictEqual } from "node:assert/strict";
import fc from "fast-check";
import { packCurve, packedFrom, unpackCurve } from "./_curves.ts";
import { newRun, withRecords } from "./_testing.ts";

Deno.test("unpackCurve() gives back what packCurve() packed, and nothing of other bytes", () => {
  const value = fc.double({ noNaN: false });
  fc.assert(fc.property(
    fc.uniqueArray(fc.nat(2 ** 40), { maxLength: 20 }),
    fc.array(value, { minLength: 20, maxLength: 20 }),
    fc.integer({ min: -64, max: 64 }).filter((n) => n !== 0),
    (some, all, more) => {
      const steps = some.toSorted((a, b) => a - b);
      const curve = { steps, values: all.slice(0, steps.length) };
      const bytes = packCurve(curve);
      deepStrictEqual(unpackCurve(bytes), curve);
      const wrong = new Uint8Array(Math.max(0, bytes.length + more));
      wrong.set(bytes.subarray(0, wrong.length));
      deepStrictEqual(unpackCurve(wrong), null);
    },
  ));
  const regular = packCurve({ steps: [5, 15, 25], values: [1, -0, NaN] });
  deepStrictEqual(regular.length, 8 * 6); // no steps
  deepStrictEqual(unpackCurve(regular)?.steps, [5, 15, 25]);
});

Deno.test("Records.metricSeries() is the same of a run that goes on, has ended, and goes on again", () =>
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    const { id } = recorder.run;
    const values = [NaN, -0, Infinity, 0.1];
    recorder.metrics(Array.from({ length: packedFrom + 1 }, (_, i) => ({
      ...{ split: "train" as const, name: "loss", step: i + 1 },
      value: values[i % 4]!,
    })));
    recorder.metric({ split: "test", name: "ap", step: 3, value: 0.5 });
    recorder.flush();
    const before = records.metricSeries(id);
    recorder.finish("interrupted");
    const packed = () =>
      records.collection.query("select count(*) from curve").rows[0]![0];
    deepStrictEqual(packed(), 1);
    deepStrictEqual(records.metricSeries(id), before);
    using goesOn = records.continueRun(id, { afterStep: 2 });
    deepStrictEqual(packed(), 0);
    deepStrictEqual(records.metrics(id).map(({ step }) => step), [1, 2]);
    goesOn.finish("finished");
    deepStrictEqual(packed(), 0);
  }));
