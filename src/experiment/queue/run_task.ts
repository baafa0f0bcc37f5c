import { setTimeout } from "node:timers/promises";
import { ExperimentError, RunError, statIfThere } from "@/core/mod.ts";
import { bringRuns, hasRecords, openRecords, type Run } from "@/record/mod.ts";
import {
  goalOf,
  isThere,
  partFolder,
  setGoal,
  type Submission,
  type SubmittedTask,
} from "@/queue/mod.ts";
import { lackingBase } from "../matrix/begin_with.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import { SameData } from "../matrix/same_data.ts";
import { type Standing, Todo } from "../matrix/todo.ts";
import type { RunContext } from "../run/context.ts";
import { resumeRun } from "../run/resume.ts";
import { startRun } from "../run/start.ts";
import { submitAtEnd } from "../submission/at_end.ts";
import { partOf, readPart } from "./part_plan.ts";

/** How long to wait before looking again for the end of another process. */
const waitMs = 10_000;

/** A task, and what it was submitted with. */
interface TaskRequest extends Pick<SubmittedTask, "part"> {
  readonly submission: Submission;
}

/**
 * Does a task in its own folder of results: starts its run, or goes on with it
 * where it was cut, up to the goal of its part; then hands in what it has to. While
 * another process runs it, as when a machine was lost to the queue and not to us,
 * waits for its end.
 *
 * @returns The run as it ended; null if it was merged before.
 * @throws {ExperimentError} If it cannot run; nothing is recorded then.
 * @throws {RunError} If it could not be carried to its end; the record says why.
 */
export async function runTask(
  request: TaskRequest,
  context: RunContext,
): Promise<Run | null> {
  const { part } = request;
  const { resultsFolder } = context;
  const run = await trainTask(request, context);
  const goal = goalOf(resultsFolder, part);
  if (run?.state !== "finished" || !goal.handsIn) return run;
  const { spec } = readPart(resultsFolder, part).plan;
  const place = { ...context, resultsFolder: partFolder(resultsFolder, part) };
  try {
    await submitAtEnd({ run, spec }, { ...place, handInFolder: resultsFolder });
  } finally {
    // What was stopped is begun again; what failed would fail again.
    if (!context.signal.aborted) {
      setGoal(resultsFolder, { ...goal, part, handsIn: false });
    }
  }
  return run;
}

/** Brings the run of a task to its goal. */
async function trainTask(
  { part, submission }: TaskRequest,
  context: RunContext,
): Promise<Run | null> {
  const folder = partFolder(context.resultsFolder, part);
  if (!statIfThere(folder)) return null;
  const variant = readPart(context.resultsFolder, part);
  const place = { ...context, resultsFolder: folder };
  using records = openRecords(folder);
  const { file, overrides, matrix } = submission;
  if (matrix) records.recordMatrix(matrix);
  const { stopAfter } = goalOf(context.resultsFolder, part);
  bringBase(variant, { to: folder, resultsFolder: context.resultsFolder });
  for (;;) {
    const sameData = new SameData(place);
    const todo = new Todo([variant], { records, sameData });
    const [standing] = await todo.standings() as [Standing];
    const { run } = standing;
    if (standing.waitsFor) throw lackingBase(standing.waitsFor);
    if (run && isThere(run, { stopAfter })) return run;
    if (run?.state === "running") {
      await otherProcess(run, context);
      continue;
    }
    try {
      return run
        ? await resumeRun({ id: run.id, from: "last", stopAfter }, place)
        : await startRun({
          ...{ file, overrides },
          plan: variant.plan,
          variant: matrix && variant.values,
          stopAfter,
        }, place);
    } catch (error) {
      const isRefused = error instanceof ExperimentError &&
        !(error instanceof RunError);
      if (!isRefused || !await todo.isTaken(standing)) throw error;
    }
  }
}

/** Brings the run that a variant begins with from where it has finished. */
function bringBase(
  { beginsWith: base }: MatrixVariant,
  { to, resultsFolder }: {
    readonly to: string;
    readonly resultsFolder: string;
  },
): void {
  if (!base) return;
  const part = partFolder(resultsFolder, partOf(base));
  for (const from of [part, resultsFolder]) {
    if (!hasRecords(from)) continue;
    const finished = finishedRuns(from, base.plan.hash);
    if (finished.length === 0) continue;
    bringRuns(finished, { from, to, asCopy: true });
    return;
  }
}

function finishedRuns(folder: string, planHash: string): readonly string[] {
  using records = openRecords(folder, { readOnly: true, asCopy: true });
  return records.runs({ planHash, state: "finished" }).map(({ id }) => id);
}

/** Waits for a while, or until this process is to stop. */
async function otherProcess(
  { id }: Run,
  { signal, print }: RunContext,
): Promise<void> {
  print(`Another process runs ${id}; waiting for its end`);
  await setTimeout(waitMs, undefined, { signal });
}
