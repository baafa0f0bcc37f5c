/** The number by which a run chooses its best weights, and runs are compared. */
export interface Ranking {
  /** Its name in records. */
  readonly name: string;
  /** Which direction is good. */
  readonly better: "higher" | "lower";
}

/**
 * A value turned such that more is better, for comparisons; what there is not,
 * or is no number, ranks below everything.
 */
export function risingValue(
  value: number | null | undefined,
  { better }: Pick<Ranking, "better">,
): number {
  if (typeof value !== "number" || Number.isNaN(value)) return -Infinity;
  return better === "higher" ? value : -value;
}
