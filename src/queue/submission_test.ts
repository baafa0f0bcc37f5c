import { deepStrictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { hashOf, submit } from "./_testing.ts";
import {
  readSubmission,
  resultsOf,
  submissionFolders,
  writeSubmission,
} from "./submission.ts";

Deno.test("readSubmission() reads what was written, the search of a matrix too", () =>
  inTemporaryFolder((results) => {
    const folder = submit(results, { seeds: [1] });
    deepStrictEqual(resultsOf(folder), results);
    const written = readSubmission(folder);
    const rungs = [{ volume: 24, trials: 2 }];
    const matrix = {
      ...{ name: "pair", axes: [{ name: "trial", values: ["1"] }] },
      variants: [{ values: { trial: "1" }, planHash: hashOf(1) }],
      search: { draw: "sobol", seed: 1, rungs },
    };
    writeSubmission(folder, { ...written, matrix });
    deepStrictEqual(readSubmission(folder), { ...written, matrix });
  }));

Deno.test("readSubmission() tells what is missing from what is damaged", () =>
  inTemporaryFolder((results) => {
    const folder = submit(results, { seeds: [1] });
    const path = join(folder, "submission.json");
    const sound = Deno.readTextFileSync(path);
    const damages: readonly (readonly [string, RegExp])[] = [
      ['{ "format"', /submission.json": it is no JSON/],
      ['{ "format": 1 }', /submission.json": "at" is missing/],
      [sound.replace("slurm", "pbs"), /"executor" is "pbs", not "slurm"/],
      [sound.replace("slurm", "local"), /"executor" is "local", not "slurm"/],
      [sound.replace('"options": {', '"options": { "x": 1'), /"options"/],
    ];
    for (const [text, message] of damages) {
      Deno.writeTextFileSync(path, text);
      throws(() => readSubmission(folder), message);
    }
    Deno.removeSync(path);
    throws(() => readSubmission(folder), /submission.json": it is not there/);
    deepStrictEqual(submissionFolders(results), []);
    Deno.mkdirSync(path);
    throws(
      () => readSubmission(folder),
      (error) => !(error instanceof ExperimentError),
    );
  }));

Deno.test("writeSubmission() writes nothing that no task could read", () =>
  inTemporaryFolder((results) => {
    const folder = submit(results, { seeds: [1] });
    const written = readSubmission(folder);
    const tasks = written.tasks.map((task) => ({ ...task, number: 0 }));
    throws(() => writeSubmission(folder, { ...written, tasks }));
    deepStrictEqual(readSubmission(folder), written);
  }));
