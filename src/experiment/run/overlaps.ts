import { boxText, ExperimentError } from "@/core/mod.ts";
import { type SharedRegion, sharedRegion } from "@/data/mod.ts";
import type { Split } from "@/record/mod.ts";
import type { Spec } from "../spec/mod.ts";
import type { Judgement, JudgeOptions } from "./judgement.ts";
import { type Region, regionText } from "./volumes.ts";

/** Splits that must not see each other's voxels, and what is wrong if they do. */
const pairs: readonly (readonly [Split, Split, string])[] = [
  ["train", "validation", "validate on what training sees"],
  ["train", "test", "test on what training sees"],
  ["validation", "test", "test on what weights and threshold are chosen by"],
];

/** How it is known that two regions share voxels, where they are not of one dataset. */
const reasons: Readonly<Record<SharedRegion["because"], string>> = {
  data: "",
  offset: ", as their offsets say",
  content: ", which have the same grey values",
};

/**
 * Whether splits share voxels, each pair of regions: scores on voxels that weights
 * or a threshold were chosen by are better than they are on others. A fault
 * unless the experiment allows it.
 */
export function judgeOverlaps(
  regions: readonly Region[],
  { data, isOnRecord = false }: Pick<Spec, "data"> & JudgeOptions,
): Judgement {
  const isAllowed = data.allowOverlap === true || isOnRecord;
  const of = (wanted: Split) => regions.filter(({ split }) => split === wanted);
  const overlaps = pairs.flatMap(([first, second, doing]) =>
    of(first).flatMap((one) =>
      of(second).flatMap((other) => {
        const shared = sharedRegion(one.volume, other.volume);
        if (!shared) return [];
        const { place, volume: { name } } = one;
        const first = { place, name, text: regionText(one) };
        return [{ one: first, other, doing, shared }];
      })
    )
  );
  return judged(overlaps, { isAllowed, fix: "Cut" });
}

/** A region by which weights or a threshold are decided. */
export interface Decider {
  /** Its place. */
  readonly place: string;
  /** The name of its volume. */
  readonly name: string;
  /** Both, and the file. */
  readonly text: string;
}

/** That what is measured shares voxels with what decides on it. */
export interface Overlap {
  /** What decides. */
  readonly one: Decider;
  /** What is measured. */
  readonly other: Region;
  /** What must not be done, as after "Cannot". */
  readonly doing: string;
  /** The voxels. */
  readonly shared: SharedRegion;
}

/** Overlaps as findings where they are allowed, else as faults. */
export function judged(
  overlaps: readonly Overlap[],
  { isAllowed, fix }: {
    readonly isAllowed: boolean;
    /** What to do, before "them apart". */
    readonly fix: string;
  },
): Judgement {
  return isAllowed
    ? { findings: overlaps.map(findingOf), faults: [] }
    : { findings: [], faults: overlaps.map((one) => faultOf(one, fix)) };
}

function findingOf({ one, other, shared }: Overlap) {
  return {
    level: "problem",
    text: `${one.place} and ${other.place} share the voxels ` +
      `${boxText(shared.inFirst)} of "${one.name}": scores on ` +
      `${other.split} flatter`,
  } as const;
}

function faultOf(
  { one, other, doing, shared }: Overlap,
  fix: string,
): ExperimentError {
  const [first, second] = [shared.inFirst, shared.inSecond].map(boxText);
  return new ExperimentError(
    `Cannot ${doing}: ${one.place} and ${other.place} share the voxels ` +
      first + reasons[shared.because],
    {
      where: `${one.text} and ${regionText(other)}` +
        (first === second ? "" : `, there ${second}`),
      fix:
        `${fix} them apart by regionVox; data.allowOverlap: true lets them ` +
        "share, which the report says in red",
    },
  );
}
