import { deepStrictEqual } from "node:assert/strict";
import { newRun, withRecords } from "@/record/_testing.ts";
import { smallPlan } from "./_testing.ts";
import { readCheckpoint, saveCheckpoint } from "./checkpoints.ts";
import { buildTraining, firstState } from "./training.ts";

Deno.test("readCheckpoint() gives the first of some that a run has", () => {
  const training = buildTraining(smallPlan().spec);
  const first = firstState(training, 1);
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    const { id } = recorder.run;
    const read = (...names: readonly string[]) =>
      readCheckpoint(records, id, { training, names })?.step ?? null;
    deepStrictEqual(read("a", "b"), null);
    saveCheckpoint(recorder, {
      name: "b",
      snapshot: { ...first, step: 2 },
      training,
    });
    deepStrictEqual(read("a", "b"), 2);
    saveCheckpoint(recorder, {
      name: "a",
      snapshot: { ...first, step: 1 },
      training,
    });
    deepStrictEqual([read("a", "b"), read("b"), read("c")], [1, 2, null]);
    saveCheckpoint(recorder, {
      name: "a",
      snapshot: { ...first, step: 3 },
      training,
    });
    deepStrictEqual(read("a"), 3);
  });
});
