import { ExperimentError } from "@/core/mod.ts";
import { doubtOf, type LabelCounts } from "@/data/mod.ts";
import type { Split } from "@/record/mod.ts";
import type { Finding } from "../plan/mod.ts";
import type { Spec } from "../spec/mod.ts";
import { type Judgement, type JudgeOptions, together } from "./judgement.ts";
import { type Region, regionText } from "./volumes.ts";

/** A region and what its labels hold, if they have been counted. */
export interface CountedRegion {
  /** The region. */
  readonly region: Region;
  /** What its labels hold. */
  readonly counts: LabelCounts | undefined;
}

/** What one would tell from the other. */
type Lack = "cleft" | "background";

/** What a split is for, in errors, and what comes of it where it lacks one. */
const uses: Readonly<
  Record<Split, { readonly doing: string } & Readonly<Record<Lack, string>>>
> = {
  train: {
    doing: "train",
    cleft: "the network learns to say nothing",
    background: "the network learns to say cleft of everything",
  },
  validation: {
    doing: "validate",
    cleft: "no score, no threshold and no best weights follow from it",
    background: "all that a network calls cleft is right",
  },
  test: {
    doing: "test",
    cleft: "no score follows from it",
    background: "all that a network calls cleft is right",
  },
};

/**
 * Whether there is something to learn from and to measure on: a fault where a
 * split has no cleft, or nothing else, unless the experiment allows it; where
 * nothing of the training data is labelled, or nothing of a volume that is to be
 * measured. Regions that have not been counted yet are judged later.
 */
export function judgeLabels(
  counted: readonly CountedRegion[],
  { evaluate, isOnRecord = false }: Pick<Spec, "evaluate"> & JudgeOptions,
): Judgement {
  const bySplit = Map.groupBy(counted, ({ region }) => region.split);
  return together([...bySplit].map(([split, ofSplit]) => {
    const faults = unlabelledFaults(split, ofSplit);
    if (faults.length > 0 && !isOnRecord) return { findings: [], faults };
    const others = ofSplit.flatMap((one) => findingsOf(one, ofSplit));
    const lack = lackOf(ofSplit);
    if (!lack) return { findings: others, faults: [] };
    const level = "problem" as const;
    const text = `data.${split} has no ${lack}: ${uses[split][lack]}`;
    return evaluate.allowEmpty === true || isOnRecord
      ? { findings: [{ level, text }, ...others], faults: [] }
      : { findings: others, faults: [lackFault(ofSplit, { split, lack })] };
  }));
}

/** What the regions of a split lack together, if anything. */
function lackOf(counted: readonly CountedRegion[]): Lack | undefined {
  const all = counted.map(({ counts }) => counts);
  if (all.every((counts) => counts?.positive === 0)) return "cleft";
  return all.every((counts) => counts && counts.positive === counts.labelled)
    ? "background"
    : undefined;
}

/**
 * What is missing where nothing is known of the truth. Among training volumes that
 * have labels, one may have them elsewhere.
 */
function unlabelledFaults(
  split: Split,
  counted: readonly CountedRegion[],
): readonly ExperimentError[] {
  const doing = split === "train" ? "train" : "measure";
  const unlabelled = counted.filter(({ counts }) => counts?.labelled === 0);
  const isMissed = split !== "train" || unlabelled.length === counted.length;
  return unlabelled.flatMap(({ region }) => {
    const where = regionText(region);
    if (!region.volume.hasLabels) {
      return new ExperimentError(
        `Cannot ${doing} on a volume that has no cleft labels`,
        {
          where,
          fix: "Name a labelled volume; deno task predict needs no labels",
        },
      );
    }
    return isMissed
      ? new ExperimentError(`Cannot ${doing} where no voxel is labelled`, {
        where,
        fix: "Name a region that the labels cover",
      })
      : [];
  });
}

function lackFault(
  counted: readonly CountedRegion[],
  { split, lack }: { readonly split: Split; readonly lack: Lack },
): ExperimentError {
  const { doing, [lack]: why } = uses[split], isEmpty = lack === "cleft";
  return new ExperimentError(
    `Cannot ${doing} where ${isEmpty ? "nothing" : "all"} is cleft: ${why}`,
    {
      where: counted.map(({ region }) => regionText(region)).join(", "),
      fix:
        (isEmpty
          ? "Name a region that has clefts"
          : "See that background is 0 in the labels") +
        `; evaluate.allowEmpty: true lets it have no ${lack}, which the ` +
        "report says in red",
    },
  );
}

/** What is doubtful about a region, and what it lacks beside others of its split. */
function findingsOf(
  { region, counts }: CountedRegion,
  counted: readonly CountedRegion[],
): readonly Finding[] {
  if (!counts) return [];
  const { place, split, volume } = region;
  const caution = (text: string): Finding => ({
    level: "caution",
    text: `${place} "${volume.name}": ${text}`,
  });
  const doubt = volume.origin?.isMade
    ? undefined // its labels are what was asked for
    : doubtOf(counts);
  if (doubt) return [caution(doubt)];
  if (counts.labelled === 0) {
    return [caution("nothing is labelled, so nothing is learnt from it")];
  }
  const hasOthers = counted.some((other) => other.counts?.positive !== 0);
  return split !== "train" && counts.positive === 0 && hasOthers
    ? [caution("nothing is cleft, so it has no part in most scores")]
    : [];
}
