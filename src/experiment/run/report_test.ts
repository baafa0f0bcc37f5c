import { deepStrictEqual, throws } from "node:assert/strict";
import type { Records } from "@/record/mod.ts";
import { newRun, withRecords } from "@/record/_testing.ts";
import { comparedRuns } from "./report.ts";

function record(records: Records, experiment: string): string {
  using recorder = records.startRun(newRun({ experiment }));
  return recorder.run.id; // interrupted, as it is not finished
}

Deno.test("comparedRuns() names runs as commands do, whatever became of them", () => {
  withRecords((records) => {
    const [first, , last] = ["a", "a", "a"].map((name) =>
      record(records, name)
    );
    const compareWith = ["a", first!, "last"];
    const report = { atEnd: true, compareWith };
    deepStrictEqual(
      comparedRuns(records, { report }).map(({ id }) => id),
      [last, first, last],
    );
    throws(
      () =>
        comparedRuns(records, { report: { ...report, compareWith: ["b"] } }),
      /Cannot find the run "b"/,
    );
  });
});
