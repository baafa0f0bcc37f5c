import { type Ranking, risingValue } from "@/core/mod.ts";
import type { PageRun } from "./page_runs.ts";
import { compare } from "./ranking.ts";
import { spreadOf } from "./spread.ts";
import type { VolumeScores } from "./volume_scores.ts";

/** Runs that differ in nothing but the seed. */
export interface RunGroup {
  /** What the page calls it. */
  readonly label: string;
  /** Its runs, in their order. */
  readonly runs: readonly PageRun[];
}

/** The groups of a page's runs, in their order. */
export function groupsOf(
  { runs }: { readonly runs: readonly PageRun[] },
): RunGroup[] {
  return [...Map.groupBy(runs, ({ group }) => group).values()]
    .map((runs) => ({ label: runs[0]!.groupLabel, runs }));
}

/** Whether a group has runs of several seeds. */
export function hasSeeds({ runs }: RunGroup): boolean {
  return new Set(runs.map(({ run }) => run.seed)).size > 1;
}

/**
 * Groups by their mean of what ranks on the first volume, best first; what was
 * not measured comes last.
 */
export function bestGroups(
  { runs, ranking, volumes: [volume] }: {
    readonly runs: readonly PageRun[];
    readonly ranking: Ranking;
    readonly volumes: readonly VolumeScores[];
  },
): RunGroup[] {
  const rising = ({ runs }: RunGroup) => {
    const values = (volume?.scores ?? [])
      .filter(({ run }) => runs.includes(run))
      .map(({ metrics }) => metrics[ranking.name] ?? NaN)
      .filter(Number.isFinite);
    return values.length === 0
      ? -Infinity
      : risingValue(spreadOf(values).mean, ranking);
  };
  return groupsOf({ runs }).map((group) => ({ group, value: rising(group) }))
    .toSorted((a, b) => compare(b.value, a.value))
    .map(({ group }) => group);
}
