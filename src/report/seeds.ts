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
  /** For each of its runs, that one, then others of its seed: reruns of it. */
  readonly alike: readonly (readonly PageRun[])[];
  /** A metric of its runs, as far as they have it. */
  values(name: string): readonly number[];
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
  const inOrder = scores.toSorted((a, b) =>
    Number(a.run.run.rerunOf !== null) - Number(b.run.run.rerunOf !== null) ||
    a.run.index - b.run.index
  );
  const groups = Map.groupBy(inOrder, ({ run }) => run.group);
  const all = [...groups.values()].map((scores) =>
    group([...Map.groupBy(scores, ({ run }) => run.run.seed).values()])
  );
  if (!all.some(({ seeds }) => seeds.length > 1)) return [];
  const mean = (one: SeedGroup) =>
    risingValue(one.spread(ranking.name)?.mean, ranking);
  return all.toSorted((a, b) => compare(mean(b), mean(a)));
}

/** A group of what was measured with each seed, that which counts first. */
function group(bySeed: readonly (readonly Score[])[]): SeedGroup {
  const counting = bySeed.map(([first]) => first!);
  const values = (name: string) =>
    counting.map(({ metrics }) => metrics[name] ?? NaN).filter(Number.isFinite);
  return {
    runs: counting.map(({ run }) => run),
    seeds: counting.map(({ run }) => run.run.seed).sort((a, b) => a - b),
    alike: bySeed.map((scores) => scores.map(({ run }) => run)),
    values,
    spread(name) {
      const measured = values(name);
      return measured.length === 0 ? null : spreadOf(measured);
    },
  };
}
