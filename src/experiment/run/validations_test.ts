import { deepStrictEqual } from "node:assert";
import type { MetricPoint } from "@/record/mod.ts";
import { newRun, withRecords } from "@/record/_testing.ts";
import { bestSoFar, validationsSoFar } from "./validations.ts";

const point = (step: number, value: number, name = "ap"): MetricPoint => ({
  split: "validation",
  name,
  step,
  value,
});

/** Calls `body` with records of one run that has these numbers. */
function withPoints(
  points: readonly MetricPoint[],
  body: (
    records: Parameters<Parameters<typeof withRecords>[0]>[0],
    id: string,
  ) => void,
): void {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    recorder.metrics(points);
    recorder.flush();
    body(records, recorder.run.id);
  });
}

Deno.test("bestSoFar() is the first of the best by what ranks, never one that is undefined", () => {
  const points = [point(2, NaN), point(4, 3), point(6, 5), point(8, 5)];
  withPoints([...points, point(9, 9, "dice")], (records, id) => {
    const of = (better: "higher" | "lower") =>
      bestSoFar(records, { id, ranking: { name: "ap", better } });
    deepStrictEqual(of("higher"), { step: 6, value: 5 });
    deepStrictEqual(of("lower"), { step: 4, value: 3 });
  });
});

Deno.test("bestSoFar() is null without a validation", () => {
  withPoints([{ ...point(1, 1), split: "test" }], (records, id) => {
    const ranking = { name: "ap", better: "higher" } as const;
    deepStrictEqual(bestSoFar(records, { id, ranking }), null);
  });
});

Deno.test("validationsSoFar() has each step's scores in order, not the last measurement's", () => {
  const points = [point(4, 2), point(2, 1), point(2, 3, "dice")];
  const early = point(1, 6, "dice"); // the numbers of "ap" come first
  withPoints([...points, early, point(4, 7, "best.ap")], (records, id) => {
    deepStrictEqual(validationsSoFar(records, id), [
      { step: 1, scores: { dice: 6 } },
      { step: 2, scores: { ap: 1, dice: 3 } },
      { step: 4, scores: { ap: 2 } },
    ]);
  });
});
