import { deepStrictEqual, throws } from "node:assert/strict";
import { ExperimentError } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { openRecords } from "./records.ts";
import { inTemporaryFolder, newRun } from "./_testing.ts";

Deno.test("openRecords() keeps all a run is given", () => {
  inTemporaryFolder((folder) => {
    let id: string;
    {
      using records = openRecords(folder);
      using recorder = records.startRun(newRun());
      id = recorder.run.id;
      assertEquals(recorder.run.state, "running");
      for (const value of [1, NaN, Infinity, -Infinity, -0, 0.1, 5e-324]) {
        recorder.metric({
          split: "train",
          name: "loss",
          step: 1 +
            [1, NaN, Infinity, -Infinity, -0, 0.1, 5e-324].findIndex((v) =>
              Object.is(v, value)
            ),
          value,
        });
      }
      recorder.artifact(
        "plan.json",
        "application/json",
        new TextEncoder().encode("{}"),
      );
      recorder.log("warning", "no GPU");
      recorder.finish("finished", undefined, "fine");
    }
    using records = openRecords(folder, { readOnly: true });
    const run = records.run("last");
    deepStrictEqual({ ...run, startedAt: "", finishedAt: "" }, {
      ...newRun(),
      id,
      state: "finished",
      reason: null,
      startedAt: "",
      finishedAt: "",
      verdict: "fine",
    });
    deepStrictEqual(records.metrics(id).map((p) => p.value), [
      1,
      NaN,
      Infinity,
      -Infinity,
      -0,
      0.1,
      5e-324,
    ]);
    deepStrictEqual(
      new TextDecoder().decode(records.artifact(id, "plan.json")),
      "{}",
    );
    deepStrictEqual(records.log(id).map(({ level, text }) => [level, text]), [[
      "warning",
      "no GPU",
    ]]);
    throws(() => records.run("nothing"), ExperimentError);
  });
});
