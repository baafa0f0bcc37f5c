import {
  hasRecords,
  openRecords,
  type RunState,
  type RunSummary,
} from "@/record/mod.ts";
import type { QueuedTask } from "./executor/mod.ts";
import { type Goal, isThere } from "./goal.ts";
import { isOfPart, partFolder } from "./part.ts";
import type { Submission } from "./submission.ts";

/** Where a task stands. `submitted` is said where the queue does not answer. */
export type TaskState = RunState | "queued" | "submitted";

/** Where a task stands, and why. */
export interface Standing {
  readonly state: TaskState;
  /** Why it waits or has failed; null if there is nothing to say. */
  readonly reason: string | null;
}

/** What a part holds. */
export interface Found {
  /** The newest run that it is for; null as long as there is none. */
  readonly run: RunSummary | null;
  /** Whether that need not be trained further. */
  readonly isAtGoal: boolean;
}

/** Of a part that is empty. */
export const nothing: Found = { run: null, isAtGoal: false };

/** Looks into a part, of which it opens a copy, as another machine may be writing. */
export function lookInto(
  resultsFolder: string,
  { part, goal }: { readonly part: string; readonly goal: Goal },
): Found {
  const folder = partFolder(resultsFolder, part);
  if (!hasRecords(folder)) return nothing;
  using records = openRecords(folder, { readOnly: true, asCopy: true });
  const { runs } = records.collection.select({ archived: true });
  const run = runs.findLast((run) => isOfPart(run, part));
  if (!run) return nothing;
  return { run, isAtGoal: isThere(records.run(run.id), goal) };
}

/** What tasks of a search are for, in words. */
export function stageOf({ rung, matrix }: Submission): string {
  const rungs = matrix?.search?.rungs.length ?? 0;
  if (rung === null || rungs === 1 && rung === 1) return "";
  return rung > rungs ? "chosen" : `rung ${rung} of ${rungs}`;
}

/** Where a task stands, by what its part holds and what its queue says. */
export function stateOf(
  { run, isAtGoal }: Found,
  { isKnown, queued, isGathered, goal }: {
    /** Whether the queue has told all of it. */
    readonly isKnown: boolean;
    readonly queued: QueuedTask | undefined;
    /** Whether a last job is to come, or nobody knows. */
    readonly isGathered: boolean;
    readonly goal: Goal;
  },
): Standing {
  if (run?.state === "running") return { state: "running", reason: null };
  if (run && isAtGoal && !(goal.handsIn && queued)) {
    return { state: run.state, reason: whatIsLeft({ isGathered, goal }) };
  }
  if (queued?.isRunning) return { state: "running", reason: null };
  if (queued) return { state: "queued", reason: queued.reason };
  if (run?.state === "stopped" && isKnown) {
    return { state: "stopped", reason: "it ended before its run went on" };
  }
  if (run) return { state: run.state, reason: run.reason };
  return isKnown
    ? { state: "failed", reason: "it ended before its run began" }
    : { state: "submitted", reason: null };
}

/** What is to come of a run that is where it should be. */
function whatIsLeft(
  { isGathered, goal }: { readonly isGathered: boolean; readonly goal: Goal },
): string {
  if (goal.handsIn) return "not handed in yet; submit again";
  return isGathered
    ? "to be gathered at the end"
    : "its last job ended and has not gathered it; submit again";
}
