import assert from "node:assert/strict";
import { openRng } from "@/core/mod.ts";
import { openRecords } from "@/record/mod.ts";
import { gatherReport } from "./gather.ts";
import { report } from "./report.tsx";
import { makeRun } from "./_testing.ts";

const runs = 100, stepsEach = 2500;
const names = ["loss", "loss.bce", "loss.dice", "learningRate"];

Deno.test("report() of 100 runs with 10,000 points each has 2 MB at most", () => {
  const folder = Deno.makeTempDirSync();
  try {
    using records = openRecords(folder);
    const rng = openRng(1);
    const ids = Array.from({ length: runs }, (_, i) => {
      using recorder = records.startRun(makeRun({ seed: i }));
      for (let step = 1; step <= stepsEach; step++) {
        recorder.metrics(names.map((name) => ({
          split: "train",
          name,
          step,
          value: 100 / step + rng.uniform(0, 1),
        })));
      }
      recorder.log("info", "finished");
      recorder.finish("finished");
      return recorder.run.id;
    });

    const page = report(gatherReport(records, ids));
    const bytes = new TextEncoder().encode(page).length;
    assert(bytes < 2e6, `has ${bytes} bytes`);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
