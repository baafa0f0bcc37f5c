import type { VNode } from "preact";
import { formatNumber } from "../format.ts";
import {
  factsOf,
  type Page,
  type PageMatrix,
  type VolumeScores,
} from "../page.ts";
import { pairedDifference } from "../paired.ts";
import { roundReaches, seedsNeeded } from "../seeds_needed.ts";
import { spreadOf } from "../spread.ts";
import { changesOf } from "../variants.ts";
import { valuesOf } from "./variant_table.tsx";

/** How many finer precisions are told. */
const told = 3;

/** How many seeds it takes to know a difference more precisely. */
export function Precision(
  { page, matrix, volume }: {
    page: Page;
    matrix: PageMatrix;
    volume: VolumeScores;
  },
): VNode | null {
  const metric = page.ranking.name;
  const differences = changesOf(matrix.record, matrix.groups).flatMap((
    { to, from },
  ) =>
    pairedDifference(
      valuesOf(to, { volume, metric }),
      valuesOf(from, { volume, metric }),
    ) ?? []
  ).filter(({ each }) => each.length > 1);
  const deviations = differences.map(({ each }) => spreadOf(each).deviation!)
    .toSorted((a, b) => a - b);
  const deviation = deviations[deviations.length >> 1];
  if (deviation === undefined || deviation === 0) return null;
  const { label, unit } = factsOf(page, metric);
  const reaches = roundReaches(deviation, told);
  return (
    <p class="note">
      To know a difference in {label} to {reaches.map((reach, i) => {
        const seeds = seedsNeeded({ deviation, reach });
        return (
          <>
            {i > 0 && (i < told - 1 ? ", " : ", and ")}
            ±{formatNumber(reach, unit)}
            {unit && ` ${unit}`} takes about{" "}
            <strong>{seeds ?? "more than 1,000"} seeds</strong>
          </>
        );
      })}
      : pairs of runs differ by {formatNumber(deviation, unit)}
      {unit && ` ${unit}`} (standard deviation, the middle of{" "}
      {deviations.length} comparisons).
    </p>
  );
}
