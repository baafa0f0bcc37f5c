import { deepStrictEqual, match } from "node:assert/strict";
import { join } from "node:path";
import { openRecords } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { say, testInFolder } from "./_testing.ts";
import { tinyExperiment } from "./_tiny_testing.ts";

testInFolder(
  "merge gathers the parts of a matrix, each run once, for one page",
  async (folder) => {
    const well = async (...words: readonly string[]) => {
      const { code, out, err } = await say(folder, ...words);
      deepStrictEqual(code, 0, err);
      return out;
    };
    Deno.writeTextFileSync(
      join(folder, "tiny.yaml"),
      `${tinyExperiment}matrix: { seed: [1, 2] }\n`,
    );
    for (const part of ["1", "2"]) {
      await well("run", "tiny.yaml", "--part", `${part}/2`, "--results", part);
    }
    {
      using records = openRecords(join(folder, "2"));
      records.startRun(newRun({ experiment: "half" })).finish("interrupted");
      records.startRun(newRun({ experiment: "trial" })).stop(3);
    }
    const merged = await well("merge", "1", "2");
    match(merged, /1: 1 run copied\n.*2: 2 runs copied; 1 not finished: half-/);
    match(await well("merge", "1", "2"), /1: 0 runs copied; 1 here already\n/);
    using records = openRecords(join(folder, "results"), { readOnly: true });
    const tiny = records.runs({ experiment: "tiny" });
    deepStrictEqual(tiny.map(({ seed }) => seed), [1, 2]);
    const [trial] = records.runs({ experiment: "trial" });
    deepStrictEqual([trial?.state, trial?.stoppedAfter], ["stopped", 3]);
    deepStrictEqual(records.matrix("tiny")?.variants.length, 2);
    match(await well("report", "tiny"), /reports\/tiny\.html/);
    match(await well("run", "tiny.yaml"), /already|finished|nothing/i);
  },
);

testInFolder(
  "merge refuses a folder without records, and one into itself",
  async (folder) => {
    openRecords(join(folder, "results"))[Symbol.dispose]();
    for (
      const [name, says] of [
        ["results", /into itself/],
        ["nosuch", /there are no records\n.*nosuch/],
      ] as const
    ) {
      const { code, err } = await say(folder, "merge", name);
      deepStrictEqual(code, 2);
      match(err, says);
    }
  },
);
