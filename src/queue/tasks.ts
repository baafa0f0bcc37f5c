import { join } from "node:path";
import { ExperimentError, statIfThere } from "@/core/mod.ts";
import type { RunSummary, Variant } from "@/record/mod.ts";
import type { QueuedTask } from "./executor/mod.ts";
import { queueNamed } from "./executor/mod.ts";
import {
  type Found,
  lookInto,
  nothing,
  stageOf,
  stateOf,
  type TaskState,
} from "./_task_state.ts";
import { type Goal, goalOf, theEnd } from "./goal.ts";
import { partFolder } from "./part.ts";
import {
  readSubmission,
  type Submission,
  submissionFolders,
  type SubmittedTask,
} from "./submission.ts";

/** A run that was handed to a queue and is not among the records yet. */
export interface Task {
  /** The experiment's name. */
  readonly experiment: string;
  /** Its place in its matrix; null of one that belongs to none. */
  readonly variant: Variant | null;
  /** What decides its result. */
  readonly planHash: string;
  /** The name of the folder that it records in. */
  readonly part: string;
  /** Of a search, which rung it is to come to; null of others. */
  readonly rung: number | null;
  /** The same in words, such as `rung 2 of 3`; empty where there is one alone. */
  readonly stage: string;
  /** Where it stands. */
  readonly state: TaskState;
  /** Why it waits or has failed; null if there is nothing to say. */
  readonly reason: string | null;
  /** What the queue calls it, such as `4711_3`. */
  readonly job: string;
  /** Whether the queue has taken it. */
  readonly isTaken: boolean;
  /** The folder of what was submitted with it. */
  readonly submission: string;
  /** Its log. */
  readonly log: string;
  /** Where it records. */
  readonly folder: string;
  /** Its run, if it has begun; to be read in `folder`. */
  readonly run: RunSummary | null;
}

/** The tasks of a results folder. */
export interface Tasks {
  /** Those that are not among the records yet, as they were submitted. */
  readonly tasks: readonly Task[];
  /** Why not all is known, such as that a queue does not answer; null if it is. */
  readonly silence: ExperimentError | null;
}

/**
 * Where the tasks stand that were submitted from a results folder, by what the
 * queue says and what they recorded; of equal ones, the one submitted last. It
 * opens no database that another machine may be writing to.
 */
export async function tasksOf(resultsFolder: string): Promise<Tasks> {
  const faults: ExperimentError[] = [];
  const known = <T>(look: () => T): T | null => {
    try {
      return look();
    } catch (error) {
      if (!(error instanceof ExperimentError)) throw error;
      faults.push(error);
      return null;
    }
  };
  const latest = new Map<string, Submitted>();
  const all = submissionFolders(resultsFolder).flatMap((folder) => {
    const submission = known(() => readSubmission(folder));
    return submission ? [{ folder, submission }] : [];
  }).toSorted((a, b) => a.submission.at < b.submission.at ? -1 : 1);
  for (const one of all) {
    for (const task of one.submission.tasks) {
      if (!statIfThere(partFolder(resultsFolder, task.part))) continue; // merged
      latest.delete(task.part);
      latest.set(task.part, { ...one, task });
    }
  }
  const submitted = [...latest.values()];
  const { queued, silence } = await lookAt(submitted);
  const tasks = submitted.map((one) => {
    const { part } = one.task;
    const goal = known(() => goalOf(resultsFolder, part)) ?? theEnd;
    const found = known(() => lookInto(resultsFolder, { part, goal }));
    const folder = partFolder(resultsFolder, part);
    return standing(one, { folder, queued, goal, ...found ?? nothing });
  });
  return { tasks, silence: silence ?? faults[0] ?? null };
}

/** A task with the submission that it is of. */
interface Submitted {
  readonly folder: string;
  readonly submission: Submission;
  readonly task: SubmittedTask;
}

/** What the queues say, by job and task; of those that do not answer, null. */
type Queued = ReadonlyMap<string, ReadonlyMap<string, QueuedTask> | null>;

async function lookAt(
  submitted: readonly Submitted[],
): Promise<{ queued: Queued; silence: ExperimentError | null }> {
  const byExecutor = Map.groupBy(
    submitted,
    ({ submission }) => submission.executor,
  );
  const queued = new Map<string, ReadonlyMap<string, QueuedTask> | null>();
  let silence: ExperimentError | null = null;
  for (const [executor, of] of byExecutor) {
    const jobs = of.flatMap(({ task, submission }) =>
      [task.job, submission.endJob].filter((job) => job !== null)
    );
    try {
      const found = await queueNamed(executor).look([...new Set(jobs)]);
      queued.set(
        executor,
        new Map(found.map((one) => [`${one.job}_${one.task}`, one])),
      );
    } catch (error) {
      if (!(error instanceof ExperimentError)) throw error;
      silence = error;
      queued.set(executor, null);
    }
  }
  return { queued, silence };
}

function standing(
  { folder, submission, task }: Submitted,
  { folder: part, run, isAtGoal, queued, goal }:
    & Pick<Task, "folder">
    & Found
    & {
      readonly queued: Queued;
      readonly goal: Goal;
    },
): Task {
  const job = `${task.job ?? "?"}_${task.number}`;
  const log = join(
    folder,
    queueNamed(submission.executor).logOf(task.number),
  );
  const answers = queued.get(submission.executor) ?? null;
  return {
    experiment: submission.experiment,
    variant: submission.matrix && task.values,
    planHash: task.planHash,
    part: task.part,
    rung: submission.rung,
    stage: stageOf(submission),
    ...stateOf({ run, isAtGoal }, {
      isKnown: answers !== null && task.job !== null,
      queued: answers?.get(job),
      isGathered: answers?.has(`${submission.endJob}_${null}`) ?? true,
      goal,
    }),
    job,
    isTaken: task.job !== null,
    submission: folder,
    log,
    folder: part,
    run,
  };
}

/** The newest run that a part is for; null as long as there is none. */
export function runOfPart(
  resultsFolder: string,
  part: string,
): RunSummary | null {
  const goal = goalOf(resultsFolder, part);
  return lookInto(resultsFolder, { part, goal }).run;
}
