import { choice, ExperimentError, nearestName } from "@/core/mod.ts";
import { everyOutput, foremostNames } from "@/metric/mod.ts";
import { commonRanking, type Run, seedAxis } from "@/record/mod.ts";
import { planWithoutSeed, spreadOf } from "@/report/mod.ts";
import * as z from "zod";
import type { ExportRequest } from "./_format.ts";

/** The options of formats that write tables of scores. */
export const scoreOptions = {
  metrics: z.array(z.string()).readonly().default([]).describe(
    "the numbers shown, such as ap; what ranks and the foremost by default",
  ),
  split: choice(
    ["validation", "test"],
    "validation",
    "what the numbers were measured on",
  ),
  over: choice(
    ["seeds", "none"],
    "seeds",
    "mean and standard deviation of runs that differ by their seed alone, or a row for each run",
  ),
};

/** Which scores, and of what. */
export interface ScoreOptions {
  readonly metrics: readonly string[];
  readonly split: "validation" | "test";
  readonly over: "seeds" | "none";
}

/** A number of a table of scores. */
export interface ScoreCell {
  /** The mean, or the one value; null where no run has it. */
  readonly mean: string | null;
  /** The sample standard deviation (n − 1); null of a single run. */
  readonly deviation: string | null;
  /** Whether no row of the column is better; not said of a single row. */
  readonly isBest: boolean;
}

/** A table for a paper. */
export interface ScoreTable {
  /** What tells the rows apart, then what the numbers are. */
  readonly heading: readonly string[];
  readonly rows: readonly {
    /** What tells this one apart; empty where it has nothing. */
    readonly keys: readonly string[];
    readonly cells: readonly ScoreCell[];
  }[];
}

/** Numbers shown of runs that do not say which. */
const usualMetrics = 3;

/**
 * A table of scores: a row for each run, or for each group of runs that differ by
 * their seed alone. A score is that of the best weights, else of the last.
 *
 * @throws {ExperimentError} For a number that no run has.
 */
export function scoreTable(
  { runs, records }: Pick<ExportRequest, "runs" | "records">,
  { metrics, split, over }: ScoreOptions,
): ScoreTable {
  const last = new Map(runs.map(({ id }) => [id, records.lastMetrics(id)]));
  const valueOf = (run: Run, name: string) => {
    const numbers = last.get(run.id)!;
    return numbers[`${split}/best.${name}`] ?? numbers[`${split}/${name}`];
  };
  const has = (name: string) =>
    runs.some((run) => valueOf(run, name) !== undefined);
  const usual = foremostNames(commonRanking(runs), usualMetrics).filter(has);
  const names = metrics.length > 0 ? metrics : usual;
  for (const name of names) if (!has(name)) throw lacks(name, split);
  const groups = Map.groupBy(
    runs,
    (run) =>
      over === "none" ? run.id : planWithoutSeed(run.experiment, run.plan),
  );
  const rows = [...groups.values()];
  const keys = keysOf(rows.map(([first]) => first!), {
    withSeed: over === "none",
  });
  const columns = names.map((name) =>
    column(rows.map((group) => group.map((run) => valueOf(run, name))), name)
  );
  return {
    heading: [...keys.map(({ key }) => key), ...names.map(labelOf)],
    rows: rows.map(([first], i) => ({
      keys: keys.map(({ of }) => of(first!)),
      cells: columns.map((cells) => cells[i]!),
    })),
  };
}

interface Key {
  readonly key: string;
  of(run: Run): string;
}

/** What differs between rows: experiment, places in a matrix, what was set. */
function keysOf(
  firsts: readonly Run[],
  { withSeed }: { readonly withSeed: boolean },
): readonly Key[] {
  const axes = new Set(
    firsts.flatMap(({ variant }) => Object.keys(variant ?? {})),
  );
  axes.delete(seedAxis);
  const keys: readonly Key[] = [
    { key: "experiment", of: ({ experiment }) => experiment },
    ...[...axes].map((axis) => ({
      key: axis,
      of: ({ variant }: Run) => variant?.[axis] ?? "",
    })),
    {
      key: "set",
      of: ({ overrides }) =>
        overrides.filter((one) => !one.startsWith("seed=")).join(" "),
    },
    ...withSeed ? [{ key: "seed", of: ({ seed }: Run) => `${seed}` }] : [],
  ];
  const telling = keys.filter(({ of }) => new Set(firsts.map(of)).size > 1);
  return telling.length > 0 ? telling : keys.slice(0, 1);
}

/** The cells of a number, one for the values of each row. */
function column(
  rows: readonly (readonly (number | undefined)[])[],
  name: string,
): readonly ScoreCell[] {
  const spreads = rows.map((values) => {
    const numbers = values.filter((value) => value !== undefined);
    return numbers.length === 0 ? null : spreadOf(numbers);
  });
  const means = spreads.flatMap((spread) => spread?.mean ?? [])
    .filter(Number.isFinite);
  const better = everyOutput().find((output) => output.name === name)?.better;
  const best = better === "higher"
    ? Math.max(...means)
    : better === "lower"
    ? Math.min(...means)
    : NaN;
  const digits = decimals(means);
  return spreads.map((spread) => ({
    mean: spread && fixed(spread.mean, digits),
    deviation: spread?.deviation == null
      ? null
      : fixed(spread.deviation, digits),
    isBest: rows.length > 1 && spread?.mean === best,
  }));
}

/** Digits after the point, so that the greatest has three that count. */
function decimals(values: readonly number[]): number {
  const greatest = Math.max(0, ...values.map(Math.abs));
  if (values.every(Number.isInteger)) return 0;
  return Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(greatest))));
}

function fixed(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : `${value}`;
}

function labelOf(name: string): string {
  const output = everyOutput().find((output) => output.name === name);
  if (!output) return name;
  return output.unit === "" ? output.label : `${output.label} (${output.unit})`;
}

function lacks(name: string, split: string): ExperimentError {
  const near = nearestName(name, everyOutput().map((output) => output.name));
  return new ExperimentError(
    `Cannot write a table: none of the runs has "${name}" of ${split}`,
    {
      where: "metrics",
      fix: near && near !== name
        ? `Did you mean "${near}"?`
        : "Leave it out; deno task show RUN lists what a run has",
    },
  );
}
