import { ExperimentError, type Ranking, risingValue } from "@/core/mod.ts";
import type { Records, Run } from "@/record/mod.ts";
import type { Snapshot, Validation } from "@/train/mod.ts";
import type { BestSoFar } from "./carry_out.ts";
import {
  bestCheckpoint,
  lastCheckpoint,
  readCheckpoint,
} from "./checkpoints.ts";
import { bestPrefix } from "./recording.ts";
import { firstState, type Machine } from "./session.ts";

/** From where a run goes on: a checkpoint, or its first step. */
export type ResumePoint = "last" | "best" | "start";

/**
 * The state to go on from.
 *
 * @throws {ExperimentError} If the checkpoint is damaged or there is none.
 */
export function stateToGoOnFrom(
  records: Records,
  run: Run,
  machine: Machine,
  from: ResumePoint,
): Snapshot {
  const first = () => firstState(machine, run.seed);
  if (from === "start") return first();
  const name = from === "last" ? lastCheckpoint : bestCheckpoint;
  const where = `run ${run.id}, artifact "${name}"`;
  try {
    const found = readCheckpoint(records, run.id, machine, [name]);
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

/** The best validation that is on record. */
export function bestSoFar(
  records: Records,
  id: string,
  ranking: Ranking,
): BestSoFar | null {
  const { name } = ranking;
  return records.metrics(id, { split: "validation", name })
    .reduce<BestSoFar | null>(
      (best, { step, value }) =>
        risingValue(value, ranking) > risingValue(best?.value, ranking)
          ? { step, value }
          : best,
      null,
    );
}

/** The validations on record, by step; the final measurements are none of them. */
export function validationsSoFar(
  records: Records,
  id: string,
): readonly Validation[] {
  const points = records.metrics(id, { split: "validation" })
    .filter(({ name }) => !name.startsWith(bestPrefix));
  return [...Map.groupBy(points, ({ step }) => step)]
    .toSorted(([a], [b]) => a - b)
    .map(([step, ofStep]) => ({
      step,
      scores: Object.fromEntries(
        ofStep.map(({ name, value }) => [name, value]),
      ),
    }));
}
