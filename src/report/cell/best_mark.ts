import type { MetricFacts } from "../data.ts";
import { bestOf, isBetter } from "../facts.ts";

type Facts = Pick<MetricFacts, "better">;

/**
 * The best of a metric in a table of runs, null of those that have none; null
 * where nothing can be best: without a direction, or of several runs alike.
 */
export function bestOfRuns(
  values: readonly (number | null)[],
  facts: Facts,
): number | null {
  const known = values.filter((value) =>
    value !== null && Number.isFinite(value)
  ) as number[];
  const isContest = new Set(known).size > 1 || values.length === 1;
  return isContest ? bestOf(known, facts) : null;
}

/** Why a value is marked as the best; undefined of one that is not. */
export function bestMark(
  value: number | null,
  { best, runs, isRun, facts }: {
    readonly best: number | null;
    /** How many runs there are. */
    readonly runs: number;
    /** Whether it is a run's; else what darkness alone reaches. */
    readonly isRun: boolean;
    readonly facts: Facts;
  },
): string | undefined {
  if (value === null || best === null) return undefined;
  if (!isRun) {
    return isBetter(value, best, facts)
      ? "better than every run here"
      : undefined;
  }
  return value === best && runs > 1 ? "best of these runs" : undefined;
}
