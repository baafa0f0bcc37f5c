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
        return shared ? [{ one, other, doing, shared }] : [];
      })
    )
  );
  return isAllowed
    ? { findings: overlaps.map(findingOf), faults: [] }
    : { findings: [], faults: overlaps.map(faultOf) };
}

interface Overlap {
  readonly one: Region;
  readonly other: Region;
  readonly doing: string;
  readonly shared: SharedRegion;
}

function findingOf({ one, other, shared }: Overlap) {
  return {
    level: "problem",
    text: `${one.place} and ${other.place} share the voxels ` +
      `${boxText(shared.inFirst)} of "${one.volume.name}": scores on ` +
      `${other.split} flatter`,
  } as const;
}

function faultOf({ one, other, doing, shared }: Overlap): ExperimentError {
  const [first, second] = [shared.inFirst, shared.inSecond].map(boxText);
  return new ExperimentError(
    `Cannot ${doing}: ${one.place} and ${other.place} share the voxels ` +
      first + reasons[shared.because],
    {
      where: `${regionText(one)} and ${regionText(other)}` +
        (first === second ? "" : `, there ${second}`),
      fix: "Cut them apart by regionVox; data.allowOverlap: true lets them " +
        "share, which the report says in red",
    },
  );
}
