import { ExperimentError, NotAtHand, NotFoundYet } from "@/core/mod.ts";
import { checkVolumes, type LabelCounts } from "@/data/mod.ts";
import type { Finding, PlanVolume } from "../plan/mod.ts";
import type { Spec } from "../spec/mod.ts";
import { judgeBeginning } from "./initial_data.ts";
import type { InitialPlace } from "./initial_source.ts";
import { judgeLabels } from "./judge_labels.ts";
import { type Judgement, together } from "./judgement.ts";
import { LabelCounter } from "./label_counts.ts";
import { judgeOverlaps } from "./overlaps.ts";
import { patchOf } from "./training.ts";
import { unlikeVoxels } from "./unlike_voxels.ts";
import type { Region, Volumes } from "./volumes.ts";

/** What is known of an experiment's data before it runs. */
export interface Examination extends Judgement {
  /** Its volumes as a plan lists them, with what their labels hold as far as counted. */
  readonly volumes: readonly PlanVolume[];
}

/**
 * Looks at the data of an experiment as a run does before its first step.
 *
 * @param place.mostVox Labels are counted only as long as no more voxels are read
 * for it; all of them by default.
 * @throws {ExperimentError} If some cannot be read.
 */
export async function examine(
  { regions }: Volumes,
  { spec, mostVox = Infinity, ...place }: InitialPlace & {
    readonly spec: Spec;
    readonly mostVox?: number;
  },
): Promise<Examination> {
  const counts = new LabelCounter(place).countWithin(mostVox, regions);
  const counted = regions.map((region, i) => ({ region, counts: counts[i] }));
  return {
    volumes: describe(regions, counts),
    ...together([
      { findings: notesOf(regions), faults: [] },
      judgeOverlaps(regions, spec),
      await judgeBeginning(regions, { ...spec, place }),
      judgePatches(regions, spec),
      judgeLabels(counted, spec),
    ]),
  };
}

/** Whether a patch fits each volume to train on. */
function judgePatches(regions: readonly Region[], spec: Spec): Judgement {
  const volumes = regions.filter(({ split }) => split === "train")
    .map(({ volume }) => volume);
  const isLabelled = volumes.every(({ hasLabels }) => hasLabels);
  try {
    if (isLabelled) checkVolumes(volumes, patchOf(spec)); // else told elsewhere
    return { findings: [], faults: [] };
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    return { findings: [], faults: [error] };
  }
}

/**
 * What a plan says that has to do without the volumes, as they are not at hand.
 *
 * @throws Any other error, as it is.
 */
export function withoutVolumes(error: unknown): string {
  if (!(error instanceof NotAtHand)) throw error;
  const why = error instanceof NotFoundYet
    ? "which take a while to open"
    : "which a run could not open";
  return `Planned without the volumes, ${why}:\n${error}`;
}

/** Regions as a plan lists them. */
export function describe(
  regions: readonly Region[],
  counts: readonly (LabelCounts | undefined)[],
): readonly PlanVolume[] {
  return regions.map(({ split, volume }, i) => {
    const { name, shapeVox, voxelNm, offsetNm } = volume, labels = counts[i];
    return {
      split,
      name,
      shapeVox,
      voxelNm,
      offsetNm,
      ...labels && { labels },
    };
  });
}

/** What is unusual about how the files of regions are read, and about their voxels. */
export function notesOf(regions: readonly Region[]): readonly Finding[] {
  const trained = regions.filter(({ split }) => split === "train")
    .map(({ volume }) => volume);
  return regions.flatMap(({ place, split, volume }) => {
    const others = split === "train" ? trained.slice(0, 1) : trained;
    const unlike = unlikeVoxels(volume, others);
    return [
      ...(volume.notes ?? []).map((text) => ({ level: "note", text } as const)),
      ...unlike ? [{ level: "caution", text: unlike } as const] : [],
    ].map(({ level, text }) => ({ level, text: `${place}: ${text}` }));
  });
}
