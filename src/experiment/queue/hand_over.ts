import { resolve } from "node:path";
import { type Entry, removeFolderIfThere } from "@/core/mod.ts";
import {
  makeSubmissionFolder,
  type Queue,
  type Submission,
  type SubmittedTask,
  type Task,
  writeSubmission,
} from "@/queue/mod.ts";
import { type Matrix, matrixRecord } from "../matrix/plan_matrix.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import type { RunContext } from "../run/context.ts";
import type { StartRequest } from "../run/start.ts";
import { isSearch } from "../search/plan_search.ts";
import { keepSearch } from "./kept_search.ts";
import { partOf } from "./part_plan.ts";

/** Runs to hand to a queue: a list, of which each task does one. */
export interface SubmitRequest
  extends Pick<StartRequest, "file" | "overrides"> {
  /** The user's folder, in which relative paths begin. */
  readonly from: string;
  /** What they belong to; null of one that belongs to none. */
  readonly matrix: Matrix | null;
  /** What to run. */
  readonly chosen: readonly MatrixVariant[];
  /** The executor, with its options. */
  readonly executor: Entry;
  /** Its queue. */
  readonly queue: Queue;
  /** The program and words that do a task of the submission in a folder, or end it. */
  command(folder: string, what: "task" | "end"): readonly string[];
}

/** What a queue was given. */
export interface HandedOver {
  /** The folder of the submission, with its logs. */
  readonly folder: string;
  /** The jobs of its tasks, one after the other. */
  readonly jobs: readonly string[];
  /** The job that gathers what they recorded. */
  readonly endJob: string;
  /** How many runs they do. */
  readonly count: number;
  /** Of a search, which rung they are to come to; null of others. */
  readonly rung: number | null;
}

/**
 * Submits levels of variants, each once the one before has ended, and a last job.
 *
 * @throws {ExperimentError} If the queue refuses; what it has taken before stays
 * on record.
 */
export async function handOver(
  levels: readonly (readonly MatrixVariant[])[],
  { queue, command, busy, made, from, ...request }:
    & SubmitRequest
    & Pick<RunContext, "resultsFolder" | "dataRoots" | "boardFolder">
    & {
      /** Tasks that are queued or running already, by their parts. */
      readonly busy: ReadonlyMap<string, Task>;
      /** Of a search, which rung they are to come to. */
      readonly rung: number | null;
      /** Folders made for this, which go if nothing is taken. */
      readonly made: readonly string[];
    },
): Promise<HandedOver> {
  const name = levels[0]![0]!.plan.spec.name;
  const folder = makeSubmissionFolder(request.resultsFolder, name);
  const submission = submissionOf(levels, { ...request, from });
  const jobs: string[] = [];
  const write = (endJob: string | null) => {
    const tasks = submission.tasks.map((task) => ({
      ...task,
      job: jobs[task.level] ?? null,
    }));
    writeSubmission(folder, { ...submission, tasks, endJob });
  };
  const submit = (tasks: readonly number[] | null, after: readonly string[]) =>
    queue.submit({
      ...{ name, folder, tasks, after, from },
      file: resolve(from, request.file),
      command: command(folder, tasks ? "task" : "end"),
    });
  const { matrix, chosen } = request;
  try {
    if (matrix && isSearch(matrix)) keepSearch(folder, { matrix, chosen });
    write(null); // a task can begin at once
    for (const [level, variants] of levels.entries()) {
      const bases = variants.flatMap(({ beginsWith }) => beginsWith ?? []);
      const others = bases.flatMap((base) => busy.get(partOf(base))?.job ?? []);
      const tasks = submission.tasks.filter((task) => task.level === level)
        .map(({ number }) => number);
      jobs.push(await submit(tasks, [...jobs.slice(-1), ...new Set(others)]));
      write(null);
    }
    const endJob = await submit(null, jobs);
    write(endJob);
    const { rung, tasks: { length: count } } = submission;
    return { folder, jobs, endJob, count, rung };
  } catch (error) {
    if (jobs.length === 0) [folder, ...made].forEach(removeFolderIfThere);
    throw error;
  }
}

/** What is on record of what is submitted, before the queue has taken it. */
function submissionOf(
  levels: readonly (readonly MatrixVariant[])[],
  { matrix, executor, file, overrides, dataRoots, boardFolder, from, rung }:
    & Omit<SubmitRequest, "queue" | "command">
    & Pick<RunContext, "dataRoots" | "boardFolder">
    & Pick<Submission, "rung">,
): Submission {
  const tasks = levels.flatMap((variants, level) =>
    variants.map((variant): Omit<SubmittedTask, "number"> => ({
      values: variant.values,
      planHash: variant.plan.hash,
      part: partOf(variant),
      ...{ level, job: null },
    }))
  );
  const { type, ...options } = executor;
  return {
    ...{ format: 1, at: new Date(Date.now()).toISOString() },
    ...{ executor: type, options, from, rung },
    experiment: levels[0]![0]!.plan.spec.name,
    ...{ file, overrides, dataRoots, boardFolder: boardFolder ?? null },
    matrix: matrix && matrixRecord(matrix),
    tasks: tasks.map((task, i) => ({ ...task, number: i + 1 })),
    endJob: null,
  };
}
