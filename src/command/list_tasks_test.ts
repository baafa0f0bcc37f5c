import { deepStrictEqual, match } from "node:assert/strict";
import { join } from "node:path";
import { openRecords } from "@/record/mod.ts";
import { readSubmission, writeSubmission } from "@/queue/mod.ts";
import { recordPart, submit, withPrograms } from "@/queue/_testing.ts";
import { say, testInFolder } from "./_testing.ts";

testInFolder(
  "list shows what a queue was given, with the log of what failed",
  async (folder) => {
    const results = join(folder, "results");
    openRecords(results)[Symbol.dispose]();
    const submitted = submit(results, { seeds: [1, 2] });
    recordPart(results, {
      seed: 1,
      end: (run) => run.finish("failed", "memory ran out"),
    });
    const list = (...words: readonly string[]) =>
      withPrograms({}, () => say(folder, "list", ...words));
    const { code, out, err } = await list("pair");
    deepStrictEqual(code, 0);
    const log = join(submitted, "1.log");
    match(out, /^run +experiment +variant +state +task +progress +why$/m);
    match(out, /^pair-\S+ +pair +1 +failed +4711_1 +.*memory ran out; log: /m);
    match(out, /^– +pair +2 +submitted +4711_2 +– +–$/m);
    match(err, /squeue is not here/);

    deepStrictEqual(out.includes(`log: ${log}`), true);
    const json = JSON.parse((await list("--json", "--state", "failed")).out);
    deepStrictEqual(json.length, 1);
    deepStrictEqual([json[0].variant, json[0].task.log], [{ seed: "1" }, log]);
    match((await list("--state", "queued")).out, /^None of the runs/);
    match((await list("--state", "submitted")).out, /^– +pair +2 +submitted/m);
    match(
      (await list("--state", "submitted", "--save", "mine")).err,
      /what is submitted is no run yet/,
    );
    match((await list("--where", "seed = 1")).out, /^None of the runs/);
    match((await list("nosuch")).err, /Cannot find the run "nosuch"/);
  },
);

testInFolder(
  "list shows for which rung of a search a trial waits",
  async (folder) => {
    const results = join(folder, "results");
    openRecords(results)[Symbol.dispose]();
    const submitted = submit(results, { seeds: [1] });
    const rungs = [{ volume: 4, trials: 3 }, { volume: 8, trials: 1 }];
    const search = { draw: "sobol", seed: 1, rungs };
    const matrix = { name: "pair", axes: [], variants: [], search };
    const written = readSubmission(submitted);
    writeSubmission(submitted, { ...written, matrix, rung: 2 });
    const list = async (...words: readonly string[]) =>
      (await withPrograms({}, () => say(folder, "list", ...words))).out;
    match(await list("pair"), /^– +pair +1 +rung 2 of 2 +submitted +4711_1 /m);
    deepStrictEqual(JSON.parse(await list("--json"))[0].stage, "rung 2 of 2");
  },
);
