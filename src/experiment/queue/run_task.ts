import { setTimeout } from "node:timers/promises";
import { ExperimentError, RunError, statIfThere } from "@/core/mod.ts";
import { bringRuns, hasRecords, openRecords, type Run } from "@/record/mod.ts";
import {
  partFolder,
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
import { partOf, readPart } from "./part_plan.ts";

/** How long to wait before looking again for the end of another process. */
const waitMs = 10_000;

/**
 * Does a task in its own folder of results: starts its run, or goes on with it
 * where it was cut. While another process runs it, as when a machine was lost to
 * the queue and not to us, waits for its end.
 *
 * @returns The run as it ended; null if it was merged before.
 * @throws {ExperimentError} If it cannot run; nothing is recorded then.
 * @throws {RunError} If it could not be carried to its end; the record says why.
 */
export async function runTask(
  { part, submission }: Pick<SubmittedTask, "part"> & {
    readonly submission: Submission;
  },
  context: RunContext,
): Promise<Run | null> {
  const folder = partFolder(context.resultsFolder, part);
  if (!statIfThere(folder)) return null;
  const variant = readPart(context.resultsFolder, part);
  const place = { ...context, resultsFolder: folder };
  using records = openRecords(folder);
  const { file, overrides, matrix } = submission;
  if (matrix) records.recordMatrix(matrix);
  bringBase(variant, { to: folder, resultsFolder: context.resultsFolder });
  for (;;) {
    const sameData = new SameData(place);
    const todo = new Todo([variant], { records, sameData });
    const [standing] = await todo.standings() as [Standing];
    const { run } = standing;
    if (standing.waitsFor) throw lackingBase(standing.waitsFor);
    if (run?.state === "finished") return run;
    if (run?.state === "running") {
      await otherProcess(run, context);
      continue;
    }
    try {
      return run
        ? await resumeRun({ id: run.id, from: "last" }, place)
        : await startRun({
          ...{ file, overrides },
          plan: variant.plan,
          variant: matrix && variant.values,
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
