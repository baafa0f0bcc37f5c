import { type Ranking, risingValue } from "@/core/mod.ts";
import type { PageRun, Score } from "./page.ts";
import { compare } from "./ranking.ts";
import { type Spread, spreadOf } from "./spread.ts";

/** Runs of one plan that differ in nothing but the seed. */
export interface SeedGroup {
  /** One run a seed. */
  readonly runs: readonly PageRun[];
  /** Their seeds, rising. */
  readonly seeds: readonly number[];
  /** Mean and deviation of a metric, or null if no run has it. */
  spread(name: string): Spread | null;
}

/**
 * Groups scores over seeds, best mean of what ranks first; empty if no plan was
 * run with two seeds. A rerun repeats a number, so each seed counts once: the first run
 * that is no rerun, if there is one.
 */
export function overSeeds(
  scores: readonly Score[],
  ranking: Ranking,
): SeedGroup[] {
  const groups = new Map<number, Map<number, Score>>();
  const inOrder = scores.toSorted((a, b) =>
    Number(a.run.run.rerunOf !== null) - Number(b.run.run.rerunOf !== null) ||
    a.run.index - b.run.index
  );
  for (const score of inOrder) {
    const bySeed = groups.get(score.run.group) ?? new Map<number, Score>();
    groups.set(score.run.group, bySeed);
    const { seed } = score.run.run;
    if (!bySeed.has(seed)) bySeed.set(seed, score);
  }
  const all = [...groups.values()].map((bySeed) => group([...bySeed.values()]));
  if (!all.some(({ seeds }) => seeds.length > 1)) return [];
  const mean = (one: SeedGroup) =>
    risingValue(one.spread(ranking.name)?.mean, ranking);
  return all.toSorted((a, b) => compare(mean(b), mean(a)));
}

function group(scores: readonly Score[]): SeedGroup {
  return {
    runs: scores.map(({ run }) => run),
    seeds: scores.map(({ run }) => run.run.seed).sort((a, b) => a - b),
    spread(name) {
      const values = scores.map(({ metrics }) => metrics[name] ?? NaN)
        .filter(Number.isFinite);
      return values.length === 0 ? null : spreadOf(values);
    },
  };
}
