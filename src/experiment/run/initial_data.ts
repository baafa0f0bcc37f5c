import { ExperimentError } from "@/core/mod.ts";
import { sharedByPlace, type SharedRegion, sharedRegion } from "@/data/mod.ts";
import {
  hasRecords,
  readRecords,
  type Records,
  type Run,
  type RunInput,
  type Split,
} from "@/record/mod.ts";
import { type Plan, planOf } from "../plan/mod.ts";
import type { Spec } from "../spec/mod.ts";
import { bestCheckpoint } from "./checkpoints.ts";
import { type InitialPlace, initialRole } from "./initial_source.ts";
import { changedInputs } from "./inputs.ts";
import type { Judgement, JudgeOptions } from "./judgement.ts";
import { type Decider, judged, type Overlap } from "./overlaps.ts";
import {
  openVolumes,
  type Region,
  regionText,
  type Volumes,
} from "./volumes.ts";

/** Splits of a run whose weights are begun with, and what may not share voxels with them. */
const pairs: readonly (readonly [Split, Split, string])[] = [
  ["train", "validation", "validate on what the first weights were trained on"],
  ["train", "test", "test on what the first weights were trained on"],
  ["validation", "test", "test on what the first weights were chosen by"],
];

/** What is known of the weights that an experiment begins with. */
export interface BeginOptions extends JudgeOptions {
  /** Where runs are recorded, and where their data is looked for. */
  readonly place: InitialPlace;
  /** The file that was read for it; what the experiment names by default. */
  readonly inputs?: readonly RunInput[] | undefined;
}

/**
 * Whether an experiment is measured on voxels that the weights it begins with
 * were trained on or chosen by, by its own or those before them, as far as runs
 * on record say. A fault unless the experiment allows it. A run that is not there
 * yet, as a plan may name one, is not judged.
 *
 * @throws {ExperimentError} If the record of such a run cannot be read.
 */
export async function judgeBeginning(
  regions: readonly Region[],
  { data, init, place, inputs, isOnRecord }:
    & Pick<Spec, "data" | "init">
    & BeginOptions,
): Promise<Judgement> {
  const measured = regions.filter(({ split }) => split !== "train");
  const overlaps: Overlap[] = [];
  if (hasRecords(place.resultsFolder)) {
    using records = readRecords(place.resultsFolder);
    for (const { run, isChosen } of runsBefore(records, { init, inputs })) {
      using seen = await openSeen(run, place);
      for (const [before, now, doing] of pairs) {
        if (before === "validation" && !isChosen) continue;
        for (
          const one of seen.regions.filter(({ split }) => split === before)
        ) {
          for (const other of measured.filter(({ split }) => split === now)) {
            const shared = one.sharedWith(other);
            if (shared) overlaps.push({ one, other, doing, shared });
          }
        }
      }
    }
  }
  const isAllowed = data.allowOverlap === true || isOnRecord === true;
  return judged(overlaps, {
    isAllowed,
    fix: "Begin with other weights, or cut",
  });
}

/** A run whose weights were begun with, and whether validation chose them. */
interface RunBefore {
  readonly run: Run;
  readonly isChosen: boolean;
}

/** The run that an experiment begins with, the one that this one began with, and so on. */
function runsBefore(
  records: Records,
  { init, inputs }: Pick<Spec, "init"> & Pick<BeginOptions, "inputs">,
): readonly RunBefore[] {
  const found = new Map<string, RunBefore>();
  let next = inputs ? ofInputs(records, inputs) : ofInit(records, init);
  while (next && !found.has(next.run.id)) {
    found.set(next.run.id, next);
    next = ofInputs(records, next.run.inputs);
  }
  return [...found.values()];
}

function ofInit(
  records: Records,
  { run, weights }: Spec["init"],
): RunBefore | null {
  if (run === undefined) return null;
  try {
    return { run: records.run(run), isChosen: weights === "best" };
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    return null;
  }
}

/** By the file that was read, whoever named it. */
function ofInputs(
  records: Records,
  inputs: readonly RunInput[],
): RunBefore | null {
  const input = inputs.find(({ role }) => role === initialRole);
  if (!input) return null;
  const made = records.artifactsByHash(input.sha256);
  const id = input.run ?? made[0]?.run;
  if (id === undefined || !records.known.some((one) => one.id === id)) {
    return null;
  }
  const isChosen = made.some(({ run, name }) =>
    run === id && name === bestCheckpoint
  );
  return { run: records.run(id), isChosen };
}

/** A region that a run has read. */
interface SeenRegion extends Decider {
  readonly split: Split;
  /** The voxels that it shares with a region. */
  sharedWith(region: Region): SharedRegion | undefined;
}

interface Seen extends Disposable {
  readonly regions: readonly SeenRegion[];
}

/** The regions of a run: its data where they are as they were, else by its record. */
async function openSeen(run: Run, place: InitialPlace): Promise<Seen> {
  const plan = planOf(run), volumes = await openSame(run, plan, place);
  if (!volumes) {
    return { regions: recordedRegions(run, plan), [Symbol.dispose]() {} };
  }
  return {
    regions: volumes.regions.map((region) => ({
      split: region.split,
      place: `${region.place} of ${run.id}`,
      name: region.volume.name,
      text: `${run.id} ${regionText(region)}`,
      sharedWith: ({ volume }) => sharedRegion(region.volume, volume),
    })),
    [Symbol.dispose]: () => volumes[Symbol.dispose](),
  };
}

/** The volumes that a run has read; null where they are not to be had any more. */
async function openSame(
  { inputs }: Run,
  { spec }: Plan,
  place: InitialPlace,
): Promise<Volumes | null> {
  try {
    const volumes = await openVolumes(spec, place);
    const roles = new Set(volumes.inputs.map(({ role }) => role));
    const read = inputs.filter(({ role }) => roles.has(role));
    if (changedInputs(read, volumes.inputs).length === 0) return volumes;
    volumes[Symbol.dispose]();
    return null;
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    return null;
  }
}

/** What the record of a run says of its regions: which files, and where in space. */
function recordedRegions(
  { id, inputs }: Run,
  { volumes }: Plan,
): readonly SeenRegion[] {
  return volumes.map((volume, i) => {
    const { split, name } = volume;
    const before = volumes.slice(0, i).filter((one) => one.split === split);
    const role = `${split}[${before.length}]`;
    const files = inputs.filter((input) => input.role === role);
    const hashes = new Set(files.map(({ sha256 }) => sha256));
    const text = `${id} data.${role} "${name}"` +
      (files[0] ? ` (${files[0].path})` : "");
    return {
      ...{ split, name, text, place: `data.${role} of ${id}` },
      sharedWith: ({ volume: other }) =>
        other.inputs.some(({ sha256 }) => hashes.has(sha256))
          ? sharedByPlace(volume, other)
          : undefined,
    };
  });
}
