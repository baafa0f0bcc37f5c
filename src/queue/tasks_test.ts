import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { openRecords } from "@/record/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { hashOf, recordPart, submit, withoutQueue } from "./_testing.ts";
import { mergeParts } from "./merge_parts.ts";
import { partFolder, partName } from "./part.ts";
import {
  readSubmission,
  submissionFolders,
  writeSubmission,
} from "./submission.ts";
import { sweepSubmissions } from "./sweep.ts";
import { tasksOf } from "./tasks.ts";

Deno.test("tasksOf() tells what tasks recorded where no queue answers, each once", () =>
  inTemporaryFolder(async (results) => {
    deepStrictEqual(await tasksOf(results), { tasks: [], silence: null });
    const first = submit(results, {
      seeds: [1, 2, 3],
      at: "2026-11-27T10:00:00Z",
    });
    const second = submit(results, { seeds: [2], at: "2026-11-27T11:00:00Z" });
    deepStrictEqual(submissionFolders(results).length, 2);
    recordPart(results, {
      seed: 1,
      end: (run) => run.finish("failed", "the disk is full"),
    });
    const { tasks, silence } = await withoutQueue(
      results,
      () => tasksOf(results),
    );
    match(silence!.message, /squeue is not here/);
    deepStrictEqual(
      tasks.map(({ variant, state, reason, job, log }) => ({
        ...{ ...variant, state, reason, job, log },
      })),
      [
        {
          ...{ seed: "1", state: "failed", reason: "the disk is full" },
          ...{ job: "4711_1", log: join(first, "1.log") },
        },
        {
          ...{ seed: "3", state: "submitted", reason: null },
          ...{ job: "4711_3", log: join(first, "3.log") },
        },
        {
          ...{ seed: "2", state: "submitted", reason: null },
          ...{ job: "4711_1", log: join(second, "1.log") },
        },
      ],
    );
  }));

Deno.test("readSubmission() reads what was written, the search of a matrix too", () =>
  inTemporaryFolder((results) => {
    const folder = submit(results, { seeds: [1] });
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

Deno.test("tasksOf() tells of others though a submission and a part are damaged", () =>
  inTemporaryFolder(async (results) => {
    const damaged = submit(results, { seeds: [1] });
    Deno.writeTextFileSync(join(damaged, "submission.json"), "{");
    submit(results, { seeds: [2, 3] });
    const part = partFolder(results, partName("pair", hashOf(2)));
    Deno.writeTextFileSync(join(part, "runs.sqlite"), "no database");
    const { tasks, silence } = await withoutQueue(
      results,
      () => tasksOf(results),
    );
    deepStrictEqual(tasks.map(({ variant }) => variant!["seed"]), ["2", "3"]);
    ok(silence);
  }));

Deno.test("sweepSubmissions() removes what was gathered more than a week ago", () =>
  inTemporaryFolder((results) => {
    const old = submit(results, { seeds: [1], at: "2026-11-01T10:00:00Z" });
    const kept = submit(results, { seeds: [2], at: "2026-11-01T10:00:00Z" });
    const young = submit(results, { seeds: [1], at: "2026-11-26T10:00:00Z" });
    Deno.removeSync(partFolder(results, partName("pair", hashOf(1))));
    sweepSubmissions(results, Date.parse("2026-11-27T10:00:00Z"));
    deepStrictEqual(
      submissionFolders(results).toSorted(),
      [kept, young].toSorted(),
    );
    ok(!submissionFolders(results).includes(old));
  }));

Deno.test("mergeParts() moves what has finished, and leaves what was cut", () =>
  inTemporaryFolder(async (results) => {
    submit(results, { seeds: [1, 2, 3], at: "2026-11-27T10:00:00Z" });
    recordPart(results, { seed: 1, end: (run) => run.finish("finished") });
    recordPart(results, { seed: 2, end: (run) => run.finish("interrupted") });
    const { brought, left } = mergeParts(results);
    deepStrictEqual([brought.length, left.length], [1, 1]);
    deepStrictEqual(mergeParts(results), { brought: [], left });
    using records = openRecords(results, { readOnly: true });
    deepStrictEqual(records.runs().map(({ id }) => id), brought);
    deepStrictEqual(
      Array.from(Deno.readDirSync(join(results, "parts")), ({ name }) => name)
        .toSorted(),
      [partName("pair", hashOf(2)), partName("pair", hashOf(3))],
    );
    await Promise.resolve();
  }));
