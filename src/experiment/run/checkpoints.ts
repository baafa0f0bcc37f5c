import { ExperimentError } from "@/core/mod.ts";
import type { Artifact, Recorder, Records, Run } from "@/record/mod.ts";
import { programOf } from "@/report/mod.ts";
import {
  decodeCheckpoint,
  encodeCheckpoint,
  type Snapshot,
} from "@/train/mod.ts";
import type { Training } from "./training.ts";

/** The artifact a training goes on from. */
export const lastCheckpoint = "checkpoint/last";
/** The artifact with the weights of the best validation. */
export const bestCheckpoint = "checkpoint/best";
/** What a checkpoint is, as artifacts say it. */
export const checkpointType = "application/x-safetensors";

/** Records a snapshot as a checkpoint, in place of the one of that name. */
export function saveCheckpoint(
  recorder: Pick<Recorder, "artifact">,
  { name, snapshot, training: { network } }: {
    readonly name: string;
    readonly snapshot: Snapshot;
    readonly training: Pick<Training, "network">;
  },
): void {
  recorder.artifact(name, checkpointType, encodeCheckpoint(snapshot, network));
}

/**
 * The first of some checkpoints that a run has, or null.
 *
 * @throws {ExperimentError} If it is damaged or of another network.
 */
export function readCheckpoint(
  records: Pick<Records, "artifacts" | "artifact">,
  id: string,
  { training: { network, optimizer }, names }: {
    readonly training: Pick<Training, "network" | "optimizer">;
    readonly names: readonly string[];
  },
): Snapshot | null {
  const there = new Set(records.artifacts(id).map(({ name }) => name));
  const name = names.find((candidate) => there.has(candidate));
  if (!name) return null;
  return decodeCheckpoint(records.artifact(id, name), network, {
    slotNames: optimizer.slotNames,
    where: `run ${id} artifact ${name}`,
  });
}

/**
 * The checkpoint that holds some weights of a run: those that validated best, if
 * asked for and there, else the last.
 *
 * @throws {ExperimentError} If it has none; `doing` is what cannot be done.
 */
export function checkpointWith(
  records: Pick<Records, "artifacts">,
  { id, plan }: Pick<Run, "id" | "plan">,
  { weights, doing, where }: {
    readonly weights: "best" | "last";
    readonly doing: string;
    readonly where: string;
  },
): Artifact {
  const artifacts = records.artifacts(id);
  const named = (name: string) => artifacts.find((one) => one.name === name);
  const best = weights === "best" ? named(bestCheckpoint) : undefined;
  const found = best ?? named(lastCheckpoint);
  if (found) return found;
  const program = programOf(plan);
  throw new ExperimentError(
    `Cannot ${doing} with the weights of ${id}: it has no checkpoint`,
    {
      where,
      fix: program === null
        ? `Let it go on first: deno task resume ${id}`
        : `Take them from ${program}: only its numbers were imported`,
    },
  );
}
