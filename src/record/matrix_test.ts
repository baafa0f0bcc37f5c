import { deepStrictEqual, throws } from "node:assert/strict";
import { assertEquals } from "@test/helpers.ts";
import { matrixRuns } from "./matrix.ts";
import type { NewRun } from "./types.ts";
import { newRun, withRecords } from "./_testing.ts";

const matrix = {
  name: "table",
  axes: [{ name: "loss", values: ["bce", "dice"] }],
  variants: ["bce", "dice"].map((loss, i) => ({
    values: { loss },
    planHash: `${i}a`.repeat(32),
  })),
};

Deno.test("recordMatrix() replaces the matrix of that name", () => {
  withRecords((records) => {
    assertEquals(records.matrix("table"), null);
    records.recordMatrix({ ...matrix, variants: [] });
    records.recordMatrix(matrix);
    deepStrictEqual(records.matrix("table"), matrix);
    assertEquals(records.matrix("toString"), null);
  });
});

Deno.test("matrixRuns() finds the run of each variant, whoever ran it", () => {
  withRecords((records) => {
    using recorder = records.startRun(
      newRun({
        experiment: "other",
        planHash: matrix.variants[1]!.planHash,
        variant: { loss: "dice" },
      }),
    );
    const [none, run] = matrixRuns(records, matrix);
    assertEquals(none, null);
    assertEquals(run!.id, recorder.run.id);
    deepStrictEqual(run!.variant, { loss: "dice" });
  });
});

Deno.test("startRun() refuses a second run of a plan and its data that should be unique", () => {
  withRecords((records) => {
    using first = records.startRun(newRun(), { unique: true });
    const again = (changes: Partial<NewRun> = {}) => {
      using recorder = records.startRun(newRun(changes), { unique: true });
      return recorder.run.id;
    };
    throws(
      () => again(),
      new RegExp(`${first.run.id} of the same plan is run`),
    );
    first.finish("interrupted");
    throws(() => again(), /same plan is interrupted/);
    again({ planHash: "00".repeat(32) });
    const [input] = newRun().inputs;
    again({ inputs: [{ ...input!, sha256: "00".repeat(32) }] });
    assertEquals(records.runs().length, 3);
    using other = records.startRun(newRun()); // whoever asks may have two
    assertEquals(other.run.state, "running");
  });
});
