import type { MetricFacts } from "./data.ts";
import { isBetter } from "./facts.ts";

/** A measured run as far as time and plan matter. */
export interface TimedScore {
  /** The group of runs that differ in nothing but the seed. */
  readonly group: number;
  /** What ranks. */
  readonly value: number;
  /** When it started, and ended; milliseconds of Unix time. */
  readonly startMs: number;
  readonly atMs: number;
}

/**
 * What was best when the best run began, of those that differ from it in more
 * than the seed, in the order in which they ended; null if nothing was.
 */
export function beforeBest<T extends TimedScore>(
  best: TimedScore,
  { inTime, facts }: {
    readonly inTime: readonly T[];
    readonly facts: Pick<MetricFacts, "better">;
  },
): T | null {
  return inTime
    .filter(({ group, atMs }) => group !== best.group && atMs <= best.startMs)
    .reduce<T | null>(
      (before, one) =>
        before === null || isBetter(one.value, before.value, facts)
          ? one
          : before,
      null,
    );
}
