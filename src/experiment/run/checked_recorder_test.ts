import { deepStrictEqual } from "node:assert";
import { newRun, withRecords } from "@/record/_testing.ts";
import { CheckedRecorder } from "./checked_recorder.ts";
import { RerunCheck } from "./rerun_check.ts";

const sha256 = "ab".repeat(32);
const points = [{ split: "train", name: "loss", step: 1, value: 2 }] as const;
const samples = [{ index: 0, step: 1, sha256, drawn: null }];
const hashes = [{ step: 1, layer: "head/kernel", sha256 }];

Deno.test("CheckedRecorder records all, and compares it with what it repeats", () => {
  withRecords((records) => {
    for (const isChecked of [false, true]) {
      const check = new RerunCheck({
        points,
        weightHashes: hashes,
        samples: new Map([[0, sha256]]),
        extent: "whole",
      });
      using recorder = records.startRun(newRun());
      const checked = new CheckedRecorder(recorder, {
        check: isChecked ? check : null,
      });
      checked.samples(samples);
      checked.metrics(points);
      checked.weightHashes(hashes);
      recorder.flush();
      deepStrictEqual(records.metrics(checked.id), points);
      deepStrictEqual(records.samples(checked.id), samples);
      deepStrictEqual(records.weightHashes(checked.id), hashes);
      deepStrictEqual(check.conclude([]).isIdentical, isChecked);
    }
  });
});

Deno.test("CheckedRecorder knows the last step that numbers told of", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    const at = (step: number) => [{ ...points[0], step }];
    const begun = new CheckedRecorder(recorder);
    const steps = [begun.step];
    for (const step of [3, 2, 5]) {
      begun.metrics(at(step));
      steps.push(begun.step);
    }
    deepStrictEqual(steps, [0, 3, 3, 5]);
    deepStrictEqual(new CheckedRecorder(recorder, { afterStep: 4 }).step, 4);
  });
});
