import { ExperimentError } from "@/core/mod.ts";
import type { Run } from "@/record/mod.ts";
import type { Snapshot } from "@/train/mod.ts";
import {
  bestCheckpoint,
  lastCheckpoint,
  readCheckpoint,
} from "./checkpoints.ts";
import type { Prepared } from "./prepare.ts";
import { firstState } from "./training.ts";

/** From where a run goes on: a checkpoint, or its first step. */
export type ResumePoint = "last" | "best" | "start";

/**
 * The state to go on from.
 *
 * @throws {ExperimentError} If the checkpoint is damaged or there is none.
 */
export function stateToGoOnFrom(
  { records, training }: Pick<Prepared, "records" | "training">,
  { run, from }: { readonly run: Run; readonly from: ResumePoint },
): Snapshot {
  const first = () => firstState(training, run.seed);
  if (from === "start") return first();
  const name = from === "last" ? lastCheckpoint : bestCheckpoint;
  const where = `run ${run.id}, artifact "${name}"`;
  try {
    const found = readCheckpoint(records, run.id, { training, names: [name] });
    if (found) return found;
    if (from === "last") return first();
    throw new ExperimentError("Cannot go on from it: there is none", {
      where,
      fix: "Leave --from out",
    });
  } catch (error) {
    if (!(error instanceof ExperimentError) || from === "best") throw error;
    const hashOf = (artifact: string) =>
      records.artifacts(run.id).find((a) => a.name === artifact)?.sha256;
    const best = hashOf(bestCheckpoint);
    const older = best && best !== hashOf(lastCheckpoint) ? "best" : "start";
    throw new ExperimentError(error.message, {
      where: error.where,
      fix: `Restore it from a backup, or repeat some steps and come to the ` +
        `same: deno task resume ${run.id} --from ${older}`,
      cause: error,
    });
  }
}
