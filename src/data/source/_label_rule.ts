import { ExperimentError } from "@/core/mod.ts";
import type { VoxelArray } from "../voxels/mod.ts";
import { type Mark, marksOf } from "./_label_marks.ts";
import type { LabelTally } from "./_label_tally.ts";

/** What the values of some labels mean; all that are not here are clefts. */
export interface LabelRule {
  /** Background, besides 0. */
  readonly background: readonly (number | bigint)[];
  /** Not known. */
  readonly unknown: readonly (number | bigint)[];
  /** What of this is not what CREMI writes, for the reader of a plan. */
  readonly notes: readonly string[];
}

/**
 * Decides by how often values occur which of them are background.
 *
 * @throws {ExperimentError} If one may be background or cleft.
 */
export function ruleOf(
  { name, kind }: VoxelArray,
  { tally, where }: { readonly tally: LabelTally; readonly where: string },
): LabelRule {
  const background = marksOf(kind).filter((mark, k) => {
    const share = tally.marked[k]! / tally.voxels;
    const verdict = verdictOn(mark, share, tally);
    if (verdict !== "unclear") return verdict === "background";
    throw new ExperimentError(
      `Cannot read labels from "${name}": they are ${kind} and ` +
        `${
          (100 * share).toFixed(1)
        } % of them are ${mark.value}, which may be ` +
        "background or cleft",
      {
        where,
        fix: "Write 0 where it is background, or a lower id where it is cleft",
      },
    );
  });
  const present = background.filter((mark) =>
    mark.value !== 0xffffffffffffffffn &&
    tally.marked[marksOf(kind).findIndex(({ value }) => value === mark.value)]!
  );
  return {
    background: background.map(({ value }) => value),
    unknown: background.flatMap(({ unknown }) => unknown ?? []),
    notes: present.map(({ value, unknown }) =>
      `${value} is background in "${name}" (${kind})` +
      (unknown === undefined ? "" : `, ${unknown} unknown`)
    ),
  };
}

function verdictOn(
  { when }: Mark,
  share: number,
  { zeros, others }: LabelTally,
): "background" | "cleft" | "unclear" {
  if (when === "always") return "background";
  if (share === 0) return "cleft";
  if (when === "most") return share > 0.5 ? "background" : "cleft";
  if (zeros === 0) return "background";
  // A mask has two values, and clefts are the lesser part.
  if (others === 0) return share > 0.5 ? "unclear" : "cleft";
  return share > 0.5 ? "background" : "unclear";
}
