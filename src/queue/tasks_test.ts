import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { hashOf, recordPart, submit, withPrograms } from "./_testing.ts";
import { setGoal } from "./goal.ts";
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
    const folder = submit(results, {
      seeds: [1, 2, 3, 4, 5, 6],
      endJob: "4713",
    });
    recordPart(results, { seed: 1, end: (run) => run.finish("finished") });
    recordPart(results, { seed: 2, end: (run) => run.finish("interrupted") });
    recordPart(results, {
      seed: 3,
      end: (run) => run.finish("failed", "the disk is full"),
    });
    let end = "4713|N/A|PENDING|Dependency";
    const squeue = () =>
      `echo '${end}
4711|2|PENDING|BeginTime
4711|4|RUNNING|None
4711|5|PENDING|Priority
4712|6|RUNNING|None'`;
    const states = async () => {
      const { tasks, silence } = await withPrograms(
        { squeue: squeue() },
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
    end = "4714|1|PENDING|None";
    deepStrictEqual((await states())[0], [
      ...[
        "finished",
        "its last job ended and has not gathered it; submit again",
      ],
    ]);
  }));

Deno.test("tasksOf() tells for which rung of a search a trial waits, and whether it has come there", () =>
  inTemporaryFolder(async (results) => {
    const folder = submit(results, { seeds: [1, 2, 3], endJob: "4713" });
    const rungs = [{ volume: 4, trials: 3 }, { volume: 8, trials: 1 }];
    const search = { draw: "sobol", seed: 1, rungs };
    const matrix = { name: "pair", axes: [], variants: [], search };
    for (const seed of [1, 2, 3]) {
      const part = partName("pair", hashOf(seed));
      setGoal(results, { part, stopAfter: seed, handsIn: false });
      if (seed < 3) recordPart(results, { seed, end: (run) => run.stop(1) });
    }
    const asRung = async (rung: number) => {
      writeSubmission(folder, { ...readSubmission(folder), matrix, rung });
      const squeue = "echo '4713|N/A|PENDING|Dependency'";
      const { tasks } = await withPrograms({ squeue }, () => tasksOf(results));
      return tasks.map(({ stage, state, reason }) => [stage, state, reason]);
    };
    deepStrictEqual(await asRung(1), [
      ["rung 1 of 2", "stopped", "to be gathered at the end"],
      ["rung 1 of 2", "stopped", "it ended before its run went on"],
      ["rung 1 of 2", "failed", "it ended before its run began"],
    ]);
    deepStrictEqual((await asRung(3))[0]![0], "chosen");
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
