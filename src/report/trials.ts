import { type Ranking, risingValue } from "@/core/mod.ts";
import {
  commonRanking,
  type MatrixRecord,
  matrixRuns,
  type Records,
  type Run,
  trialAxis,
  type Variant,
} from "@/record/mod.ts";
import type { Page, PageRun } from "./page.ts";
import { samplesPerStepOf } from "./plan.ts";
import { compare } from "./ranking.ts";

/** A trial of a search, and how it did. */
export interface Trial<R> {
  /** Its number. */
  readonly number: string;
  /** What was drawn for it, by the options' paths. */
  readonly values: Variant;
  /** Its run, or null if there is none yet. */
  readonly run: R | null;
  /** What ranks, of its best weights so far on validation; null if it was not measured. */
  readonly value: number | null;
}

/** The trials of a page's search, those first that trained longest and did best. */
export function trialsOf({ matrix, ranking }: Page): readonly Trial<PageRun>[] {
  const trials = matrix!.groups.map(({ values, bySeed }) => {
    const [run = null] = [...bySeed.values()];
    const value = run && bestOnValidation(run, ranking);
    return { ...placeOf(values), run, value };
  });
  return bestFirst(trials, { ranking, of: ({ run }) => run });
}

/** The same of a search on record. */
export function recordedTrials(
  records: Records,
  matrix: MatrixRecord,
): { readonly ranking: Ranking; readonly trials: readonly Trial<Run>[] } {
  const runs = matrixRuns(records, matrix);
  const ranking = commonRanking(runs.flatMap((run) => run ?? []));
  const trials = matrix.variants.map(({ values }, i) => {
    const run = runs[i]!;
    const series = run
      ? records.metricSeries(run.id, { split: "validation" })
      : [];
    const value = run && bestOnValidation({ series }, ranking);
    return { ...placeOf(values), run, value };
  });
  return { ranking, trials: bestFirst(trials, { ranking, of: (run) => run }) };
}

function placeOf(
  { [trialAxis]: number, ...values }: Variant,
): Pick<Trial<unknown>, "number" | "values"> {
  return { number: number!, values };
}

function bestFirst<R>(
  trials: readonly Trial<R>[],
  { ranking, of }: {
    readonly ranking: Ranking;
    readonly of: (run: R) => Pick<Run, "state" | "stoppedAfter">;
  },
): readonly Trial<R>[] {
  const length = ({ run }: Trial<R>) => {
    const { state, stoppedAfter = 0 } = run ? of(run) : {};
    return state === "finished" ? Infinity : stoppedAfter ?? 0;
  };
  const rising = ({ value }: Trial<R>) => risingValue(value, ranking);
  return trials.toSorted((a, b) =>
    compare(length(b), length(a)) || compare(rising(b), rising(a))
  );
}

/** What ranks, of a run's best weights; of those on the way up to a step, if one is given. */
export function bestOnValidation(
  { series }: Pick<PageRun, "series">,
  ranking: Ranking,
  { upToStep }: { readonly upToStep?: number | undefined } = {},
): number | null {
  const named = (name: string) =>
    series.find((one) => one.split === "validation" && one.name === name);
  const atEnd = upToStep === undefined && named(`best.${ranking.name}`);
  if (atEnd) return atEnd.values.at(-1) ?? null;
  const { steps = [], values = [] } = named(ranking.name) ?? {};
  return values.filter((_, i) => steps[i]! <= (upToStep ?? Infinity))
    .reduce<number | null>(
      (best, value) =>
        risingValue(value, ranking) > risingValue(best, ranking) ? value : best,
      null,
    );
}

/** The step after which a run has trained with a number of samples; null if its plan does not tell. */
export function stepAfter(
  volume: number,
  { run: { plan } }: Pick<PageRun, "run">,
): number | null {
  const samples = samplesPerStepOf(plan);
  return samples === null ? null : Math.ceil(volume / samples);
}
