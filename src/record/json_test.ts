import { deepStrictEqual } from "node:assert/strict";
import { newRun, withRecords } from "./_testing.ts";
import { runBrief, runToJson } from "./json.ts";

Deno.test("runToJson() gives one run whole, fit for JSON", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    const id = recorder.run.id;
    for (const [step, value] of [0.5, NaN, -Infinity].entries()) {
      recorder.metric({ split: "train", name: "loss", step, value });
    }
    recorder.metric({ split: "validation", name: "ap", step: 2, value: 0.25 });
    recorder.weightHashes([{ step: 1, layer: "a", sha256: "0".repeat(64) }]);
    recorder.samples([
      { index: 3, step: 2, sha256: "1".repeat(64), drawn: null },
    ]);
    recorder.artifact("a", "text/plain", new Uint8Array([97]));
    recorder.log("info", "hello");
    const json = runToJson(records, records.run(id));
    deepStrictEqual(JSON.parse(JSON.stringify(json)), {
      ...records.run(id),
      plan: { name: "mixloss" },
      metrics: {
        "train/loss": [[0, 0.5], [1, "NaN"], [2, "-Infinity"]],
        "validation/ap": [[2, 0.25]],
      },
      artifacts: records.artifacts(id),
      weightHashes: 1,
      resumes: [],
      samples: 1,
      log: records.log(id),
    });
  });
});

Deno.test("runBrief() gives the last value of each metric", () => {
  withRecords((records) => {
    using a = records.startRun(newRun());
    a.metric({ split: "train", name: "loss", step: 1, value: 2 });
    a.metric({ split: "train", name: "loss", step: 2, value: NaN });
    a.metric({ split: "validation", name: "ap", step: 1, value: 0.5 });
    a.finish("finished");
    using b = records.startRun(newRun({ experiment: "other", seed: 9 }));
    deepStrictEqual(
      records.runs().map((run) => runBrief(run, records.lastMetrics(run.id))),
      [
        {
          id: a.run.id,
          experiment: "mixloss",
          state: "finished",
          seed: 7,
          metrics: { "train/loss": "NaN", "validation/ap": 0.5 },
        },
        {
          id: b.run.id,
          experiment: "other",
          state: "running",
          seed: 9,
          metrics: {},
        },
      ],
    );
  });
});
