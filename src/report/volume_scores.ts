import { type Ranking, risingValue } from "@/core/mod.ts";
import { validationLoss } from "@/metric/mod.ts";
import type { EvaluationRecord, Split } from "@/record/mod.ts";
import type { PageRun } from "./page_runs.ts";
import { byRanking } from "./ranking.ts";

/** A run's numbers on one volume. */
export interface Score {
  /** The run. */
  readonly run: PageRun;
  /** The step whose weights were measured. */
  readonly step: number;
  /** Every metric by name. */
  readonly metrics: Readonly<Record<string, number | null>>;
}

/** The scores on one volume. */
export interface VolumeScores {
  /** The data's role. */
  readonly split: Split;
  /** The volume's name, or null for what was measured during training. */
  readonly volume: string | null;
  /** Best first. */
  readonly scores: readonly Score[];
  /** What "dark is cleft" reaches without learning, or null if it was not measured. */
  readonly baseline: Readonly<Record<string, number | null>> | null;
}

/** The splits in the order in which a page shows them. */
export const splitOrder: readonly Split[] = ["validation", "test", "train"];

/** The scores of runs by volume, validation before test before train. */
export function scoresByVolume(
  runs: readonly PageRun[],
  ranking: Ranking,
): VolumeScores[] {
  const bestFirst = byRanking(ranking);
  const volumes = new Map<
    string,
    { first: EvaluationRecord; scores: Score[] }
  >();
  for (const run of runs) {
    for (const { record } of run.evaluations) {
      const key = `${splitOrder.indexOf(record.split)} ${record.volume}`;
      const score = { run, step: record.step, metrics: record.metrics };
      const known = volumes.get(key);
      if (known) known.scores.push(score);
      else volumes.set(key, { first: record, scores: [score] });
    }
  }
  const evaluated = [...volumes.entries()]
    .toSorted(([a], [b]) => a < b ? -1 : 1)
    .map(([, { first, scores }]) => ({
      split: first.split,
      volume: first.volume,
      scores: scores.toSorted(bestFirst),
      baseline: first.baseline,
    }));
  const training = runs
    .filter((run) => run.evaluations.length === 0)
    .flatMap((run) => bestInTraining(run) ?? []);
  if (training.length === 0) return evaluated;
  return [...evaluated, {
    split: "validation",
    volume: null,
    scores: training.toSorted(bestFirst),
    baseline: null,
  }];
}

/** The metrics of validation at a run's best step, or the last one if nothing ranks them. */
function bestInTraining(run: PageRun): Score | null {
  const { ranking } = run.run;
  const series = run.series.filter(({ split, name }) =>
    split === "validation" && name !== validationLoss.name
  );
  const ranks = series.find((s) => s.name === ranking.name);
  const guide = ranks ?? series[0];
  if (!guide || guide.steps.length === 0) return null;
  let best = guide.steps.length - 1;
  const rising = (i: number) => risingValue(ranks?.values[i], ranking);
  for (const i of guide.steps.keys()) {
    if (rising(i) > rising(best)) best = i;
  }
  const step = guide.steps[best]!;
  const metrics: Record<string, number | null> = {};
  for (const s of series) {
    const at = s.steps.indexOf(step);
    if (at >= 0) metrics[s.name] = s.values[at]!;
  }
  return { run, step, metrics };
}
