import { formatNumber } from "../format.ts";
import type { Difference } from "../paired.ts";
import { roundReaches, seedsNeeded } from "../seeds_needed.ts";
import { spreadOf } from "../spread.ts";

/** How many finer precisions are told. */
const told = 3;

/**
 * How many seeds it takes to know a difference more precisely, as the end of a
 * sentence; empty where nothing tells how far pairs scatter.
 */
export function precisionHtml(
  differences: readonly (Difference | null)[],
  unit: string,
): string {
  const deviations = differences
    .flatMap((one) =>
      one && one.each.length > 1 ? [spreadOf(one.each).deviation!] : []
    ).toSorted((a, b) => a - b);
  const deviation = deviations[deviations.length >> 1];
  if (deviation === undefined || deviation === 0) return "";
  const after = unit && ` ${unit}`;
  const reaches = roundReaches(deviation, told).map((reach) => {
    const seeds = seedsNeeded({ deviation, reach }) ?? "more than 1,000";
    return `±${formatNumber(reach, unit)}${after} takes about ` +
      `<strong>${seeds} seeds</strong>`;
  });
  return `${reaches.slice(0, -1).join(", ")}, and ${reaches.at(-1)}: ` +
    `pairs of runs differ by ${formatNumber(deviation, unit)}${after} ` +
    `(standard deviation, the middle of ${deviations.length} comparisons).`;
}
