import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { hashOf, recordPart, submit, withPrograms } from "./_testing.ts";
import { partFolder, partName } from "./part.ts";
import {
  readSubmission,
  submissionFolders,
  writeSubmission,
} from "./submission.ts";
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
    const { tasks, silence } = await withPrograms({}, () => tasksOf(results));
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

Deno.test("tasksOf() holds what tasks recorded against what the queue says", () =>
  inTemporaryFolder(async (results) => {
    const folder = submit(results, { seeds: [1, 2, 3, 4, 5, 6] });
    recordPart(results, { seed: 1, end: (run) => run.finish("finished") });
    recordPart(results, { seed: 2, end: (run) => run.finish("interrupted") });
    recordPart(results, {
      seed: 3,
      end: (run) => run.finish("failed", "the disk is full"),
    });
    const squeue = `echo '4711|2|PENDING|BeginTime
4711|4|RUNNING|None
4711|5|PENDING|Priority
4712|6|RUNNING|None'`;
    const states = async () => {
      const { tasks, silence } = await withPrograms(
        { squeue },
        () => tasksOf(results),
      );
      deepStrictEqual(silence, null);
      return tasks.map(({ state, reason }) => [state, reason]);
    };
    const known = [
      ["finished", "to be gathered at the end"],
      ["queued", "BeginTime"],
      ["failed", "the disk is full"],
      ["running", null],
      ["queued", "Priority"],
    ];
    deepStrictEqual(await states(), [
      ...known,
      ["failed", "it ended before its run began"], // 6 is another job's
    ]);
    const written = readSubmission(folder);
    const tasks = written.tasks.map((task) =>
      task.number === 6 ? { ...task, job: null } : task
    );
    writeSubmission(folder, { ...written, tasks });
    deepStrictEqual(await states(), [...known, ["submitted", null]]);
  }));

Deno.test("tasksOf() tells of others though a submission and a part are damaged", () =>
  inTemporaryFolder(async (results) => {
    const damaged = submit(results, { seeds: [1] });
    Deno.writeTextFileSync(join(damaged, "submission.json"), "{");
    submit(results, { seeds: [2, 3] });
    const part = partFolder(results, partName("pair", hashOf(2)));
    Deno.writeTextFileSync(join(part, "runs.sqlite"), "no database");
    const { tasks, silence } = await withPrograms({}, () => tasksOf(results));
    deepStrictEqual(tasks.map(({ variant }) => variant!["seed"]), ["2", "3"]);
    ok(silence);
  }));
