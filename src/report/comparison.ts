import type { Ranking } from "@/core/mod.ts";
import { everyOutput, validationLoss } from "@/metric/mod.ts";
import {
  commonRanking,
  type MatrixRecord,
  matrixRuns,
  type Records,
  type Run,
  type Variant,
} from "@/record/mod.ts";
import { comparePairs, type Difference } from "./paired.ts";
import { type Spread, spreadOf } from "./spread.ts";
import { type Change, changesOf, groupVariants } from "./variants.ts";

/** A matrix in numbers: means over seeds, and differences between variants. */
export interface Comparison {
  /** What the runs are ranked by. */
  readonly ranking: Ranking;
  /** What was measured with the best weights, as `split/name`. */
  readonly metrics: readonly string[];
  /** Variants that differ in more than the seed, in the matrix' order. */
  readonly variants: readonly {
    /** Their values on the other axes. */
    readonly values: Variant;
    /** How many of its runs have finished. */
    readonly finished: number;
    /** How many runs it has, one a seed. */
    readonly seeds: number;
    /** Mean and deviation of each metric, null where no run has it. */
    readonly spreads: Readonly<Record<string, Spread | null>>;
  }[];
  /** What each change of one value does, paired by seed. */
  readonly changes: readonly (
    & Pick<Change<unknown>, "axis" | "value" | "against" | "shared">
    & {
      /** The difference of each metric, null without a common seed. */
      readonly differences: Readonly<Record<string, Difference | null>>;
      /** The p of each, corrected for the number of changes (Holm). */
      readonly corrected: Readonly<Record<string, number | null>>;
    }
  )[];
}

/** Compares the finished runs of a matrix. */
export function compareVariants(
  records: Records,
  matrix: MatrixRecord,
): Comparison {
  const measured = matrixRuns(records, matrix).map((run) => ({
    run,
    scores: run?.state === "finished" ? scoresOf(records, run) : new Map(),
  }));
  const metrics = [
    ...new Set(measured.flatMap(({ scores }) => [...scores.keys()])),
  ];
  const groups = groupVariants(matrix, measured);
  const each = <T>(of: (metric: string) => T) =>
    Object.fromEntries(metrics.map((metric) => [metric, of(metric)]));
  const valuesOf = (group: typeof groups[number], metric: string) =>
    new Map(
      [...group.bySeed].flatMap(([seed, { scores }]) =>
        scores.has(metric) ? [[seed, scores.get(metric)!]] : []
      ),
    );
  const changes = changesOf(matrix, groups);
  const compared = each((metric) =>
    comparePairs(
      changes.map(({ to, from }) => [
        valuesOf(to, metric),
        valuesOf(from, metric),
      ]),
    )
  );
  return {
    ranking: commonRanking(measured.flatMap(({ run }) => run ?? [])),
    metrics,
    variants: groups.map((group) => {
      const members = [...group.bySeed.values()];
      return {
        values: group.values,
        finished: members.filter(({ run }) => run?.state === "finished").length,
        seeds: members.length,
        spreads: each((metric) => {
          const values = [...valuesOf(group, metric).values()];
          return values.length > 0 ? spreadOf(values) : null;
        }),
      };
    }),
    changes: changes.map(({ to: _, from: _f, ...change }, i) => ({
      ...change,
      differences: each((metric) => compared[metric]![i]!.difference),
      corrected: each((metric) => compared[metric]![i]!.p),
    })),
  };
}

/** What no run is compared by. */
const uncompared = new Set([
  validationLoss.name,
  ...everyOutput().flatMap(({ name, isSetting }) => isSetting ? [name] : []),
]);

/** What was measured with the best weights of a run; else what came last. */
function scoresOf(records: Records, { id }: Run): Map<string, number> {
  const last = records.lastMetrics(id);
  const scores = new Map<string, number>();
  for (const [key, value] of Object.entries(last)) {
    const [, split, best, name] =
      /^(validation|test)\/(best\.)?(.+)$/.exec(key) ?? [];
    if (name === undefined || uncompared.has(name)) continue;
    if (!best && `${split}/best.${name}` in last) continue;
    if (Number.isFinite(value)) scores.set(`${split}/${name}`, value);
  }
  return scores;
}
