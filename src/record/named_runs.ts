import { ExperimentError, nearestName, risingValue } from "@/core/mod.ts";
import { readChoice, selectorsOf } from "./choice.ts";
import { matrixRuns, variantText } from "./matrix.ts";
import type { KnownRun, MatrixRecord, Run, RunFilter } from "./types.ts";

/** What names are looked up in. */
export interface NamedRecords {
  /** The folder, for errors. */
  readonly folder: string;
  /** What every run can be named by, oldest first. */
  readonly known: readonly KnownRun[];
  /** What runs could be named by that were deleted. */
  readonly deleted?: readonly KnownRun[];
  /** The id of the last run, of one experiment or of any; null if there is none. */
  lastId(experiment?: string): string | null;
  /** The run of an id. */
  run(id: string): Run;
  /** Runs, oldest first, of one experiment or plan. */
  runs(filter: Pick<RunFilter, "experiment" | "planHash">): readonly Run[];
  /** The matrix of a name, or null. */
  matrix(name: string): MatrixRecord | null;
  /** The last value of each metric of a run. */
  lastMetrics(id: string): Readonly<Record<string, number>>;
}

/** Runs that one name stands for, at most this many are listed. */
const mostListed = 5;

/**
 * The runs that a name means. One is meant by an id, by a beginning that no
 * other has, by `last`, by `NAME` (the last run of an experiment or a matrix)
 * and by `NAME@best` (the finished one that ranks highest). What was imported is
 * last only where Cleft has trained none. Of a matrix, `NAME@loss=dice,seed=1`
 * means the runs of these variants, in its order; `best` and `last` choose one of
 * them.
 *
 * @throws {ExperimentError} If it means none, or an abbreviation means several;
 * it lists what there is.
 */
export function namedRuns(records: NamedRecords, name: string): readonly Run[] {
  const { known } = records;
  const isId = name !== "last" && known.some(({ id }) => id === name);
  const exact = isId
    ? name
    : records.lastId(name === "last" ? undefined : name);
  if (exact !== null) return [records.run(exact)];
  const begun = known.filter(({ id }) => name !== "" && id.startsWith(name));
  if (begun.length === 1) return [records.run(begun[0]!.id)];
  if (begun.length > 1) throw beginsSeveral(records, name, begun);
  const at = name.lastIndexOf("@");
  const whole = at < 0 ? name : name.slice(0, at);
  const words = at < 0 ? ["last"] : selectorsOf(name.slice(at + 1));
  return selected(records, whole, { name, words });
}

/**
 * The one run that a name means.
 *
 * @throws {ExperimentError} If it means none or several; it lists them.
 */
export function namedRun(records: NamedRecords, name: string): Run {
  const runs = namedRuns(records, name);
  if (runs.length === 1) return runs[0]!;
  throw new ExperimentError(
    `Cannot tell which run "${name}" is: it means ${runs.length}`,
    {
      where: `the records in ${records.folder}`,
      fix: `Write ${name},best or ${name},last, or one of ${
        listOf(runs.map(({ id, variant }) =>
          variant ? `${id} (${variantText(variant)})` : id
        ))
      }`,
    },
  );
}

/** The runs of an experiment or a matrix that selectors leave. */
function selected(
  records: NamedRecords,
  whole: string,
  { name, words }: { readonly name: string; readonly words: readonly string[] },
): readonly Run[] {
  const where = `the records in ${records.folder}`;
  const matrix = records.matrix(whole);
  const ofExperiment = records.runs({ experiment: whole });
  if (!matrix && ofExperiment.length === 0) {
    throw noSuchRun(records, whole);
  }
  const choices = words.filter((word) => word !== "best" && word !== "last");
  let runs: readonly Run[] = matrix
    ? chosenRuns(records, matrix, { choices, where: name })
    : ofExperiment;
  if (!matrix && choices.length > 0) {
    throw new ExperimentError(
      `Cannot choose by "${choices[0]}": ${whole} has no matrix`,
      { where, fix: `Write ${whole}, or ${whole}@best` },
    );
  }
  for (const word of words) {
    if (word === "best") runs = [bestOf(records, runs, { name, where })];
    if (word === "last") runs = runs.length > 0 ? [lastOf(runs)] : [];
  }
  if (runs.length > 0) return runs;
  throw new ExperimentError(
    `Cannot find the run "${name}": there is none yet`,
    {
      where,
      fix: `See what has been run: deno task list ${whole}`,
    },
  );
}

/** The runs of the variants of a matrix that choices leave, as far as run. */
function chosenRuns(
  records: NamedRecords,
  matrix: MatrixRecord,
  { choices, where }: {
    readonly choices: readonly string[];
    readonly where: string;
  },
): readonly Run[] {
  const example = `${matrix.name}@`;
  const chosen = choices.map((words) =>
    readChoice(matrix, words, { where, example })
  );
  const runs = matrixRuns(records, matrix);
  return matrix.variants.flatMap(({ values }, i) =>
    runs[i] && chosen.every(({ axis, value }) => values[axis] === value)
      ? [runs[i]!]
      : []
  );
}

/** The one whose validation ranks highest, the first of equals. */
function bestOf(
  records: NamedRecords,
  runs: readonly Run[],
  { name, where }: { readonly name: string; readonly where: string },
): Run {
  const measured = runs.flatMap((run) => {
    const metrics = records.lastMetrics(run.id);
    const value = metrics[`validation/best.${run.ranking.name}`] ??
      metrics[`validation/${run.ranking.name}`];
    const rising = risingValue(value, run.ranking);
    return run.state === "finished" && rising > -Infinity
      ? [{ run, rising }]
      : [];
  });
  const [first, ...others] = measured;
  if (!first) {
    throw new ExperimentError(
      `Cannot tell which run "${name}" is: none that finished was measured`,
      { where, fix: "Name one by its id; deno task list shows them" },
    );
  }
  const rankings = new Set(measured.map(({ run }) => run.ranking.name));
  if (rankings.size > 1) {
    throw new ExperimentError(
      `Cannot tell which run "${name}" is: they rank by different numbers, ` +
        [...rankings].join(" and "),
      { where, fix: "Name one by its id; deno task list shows them" },
    );
  }
  return others.reduce(
    (best, one) => one.rising > best.rising ? one : best,
    first,
  ).run;
}

function lastOf(runs: readonly Run[]): Run {
  return runs.reduce((last, run) =>
    run.startedAt >= last.startedAt ? run : last
  );
}

function beginsSeveral(
  { folder }: NamedRecords,
  name: string,
  runs: readonly KnownRun[],
): ExperimentError {
  const experiments = [...new Set(runs.map(({ experiment }) => experiment))];
  const ids = runs.map(({ id }) => id).slice(-mostListed);
  return new ExperimentError(
    `Cannot tell which run "${name}" is: ${runs.length} begin like that`,
    {
      where: `the records in ${folder}`,
      fix: `Write ${listOf(experiments)} for the last run of an experiment,` +
        ` or one of ${listOf(ids)}`,
    },
  );
}

function noSuchRun(records: NamedRecords, name: string): ExperimentError {
  const { known, folder, deleted = [] } = records;
  if (deleted.some(({ id }) => id === name)) {
    return new ExperimentError(
      `Cannot find the run "${name}": it was deleted`,
      {
        where: `the records in ${folder}`,
        fix: `Bring it back by: deno task restore ${name}`,
      },
    );
  }
  const ids = known.map(({ id }) => id);
  const names = new Set(known.map(({ experiment }) => experiment));
  const nearest = nearestName(name, [...names, ...ids]);
  return new ExperimentError(`Cannot find the run "${name}": there is none`, {
    where: `the records in ${folder}`,
    fix: ids.length === 0
      ? "Run an experiment first"
      : nearest
      ? `Did you mean "${nearest}"?`
      : `The latest are ${ids.slice(-mostListed).join(", ")}`,
  });
}

/** Some names in a row; how many more, where there are many. */
function listOf(names: readonly string[]): string {
  const more = names.length - mostListed;
  return names.slice(0, mostListed).join(", ") +
    (more > 0 ? ` and ${more} more` : "");
}
