import { type Ranking, risingValue } from "@/core/mod.ts";
import {
  commonRanking,
  type EvaluationRecord,
  type MatrixRecord,
  type Split,
  type Variant,
  variantLabel,
} from "@/record/mod.ts";
import type { MatrixData, MetricFacts, ReportData, RunData } from "./data.ts";
import { colourCount, dashes } from "./palette.ts";
import { metricLabel } from "./metric_label.ts";
import { planWithoutSeed } from "./plan.ts";
import { byRanking } from "./ranking.ts";
import { groupVariants, type VariantGroup } from "./variants.ts";

/** A run with what the page calls and draws it by. */
export interface PageRun extends RunData {
  /** Its place in the report, from 0. */
  readonly index: number;
  /** What the page calls it, unlike any other run's. */
  readonly label: string;
  /** Index of its colour. */
  readonly colour: number;
  /** Index of its dash pattern. */
  readonly dash: number;
  /** The group of runs that differ in nothing but the seed. */
  readonly group: number;
  /** What the page calls that group. */
  readonly groupLabel: string;
}

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

/** What every section of a report is drawn from. */
export interface Page {
  /** The data as given. */
  readonly data: ReportData;
  /** The runs with labels and colours. */
  readonly runs: readonly PageRun[];
  /** The number that they are ranked by. */
  readonly ranking: Ranking;
  /** The matrix the runs belong to, or null. */
  readonly matrix: PageMatrix | null;
  /** Whether colour stands for the experiment and the dash for the seed. */
  readonly isColouredByGroup: boolean;
  /** Scores by volume, validation before test before train. */
  readonly volumes: readonly VolumeScores[];
}

/** A matrix with the runs that stand for its variants. */
export interface PageMatrix {
  /** Its axes and variants. */
  readonly record: MatrixRecord;
  /** Its variants over their seeds; null where there is no run. */
  readonly groups: readonly VariantGroup<PageRun | null>[];
}

/** Derives names, colours, groups and scores. */
export function openPage(data: ReportData): Page {
  const runs = nameAndColour(data);
  const groups = new Set(runs.map((run) => run.group)).size;
  const ranking = commonRanking(runs.map(({ run }) => run));
  return {
    data,
    runs,
    ranking,
    matrix: data.matrix && matrixOf(data.matrix, runs),
    isColouredByGroup: data.matrix !== null ||
      isColouredByGroup(runs.length, groups),
    volumes: scoresByVolume(runs, ranking),
  };
}

function matrixOf(
  { record, ids }: MatrixData,
  runs: readonly PageRun[],
): PageMatrix {
  const byId = new Map(runs.map((run) => [run.run.id, run]));
  const members = ids.map((id) => id === null ? null : byId.get(id)!);
  return { record, groups: groupVariants(record, members) };
}

/** What is known of a metric; an unknown one has no direction. */
export function factsOf(page: Page, name: string): MetricFacts {
  return Object.hasOwn(page.data.facts, name) ? page.data.facts[name]! : {
    label: metricLabel(name),
    summary: "",
    unit: "",
    better: "neither",
    bounds: [-Infinity, Infinity],
  };
}

/** The best score of the first volume where what ranks was measured, or null. */
export function bestScore(
  page: Page,
): { volume: VolumeScores; score: Score; value: number } | null {
  for (const volume of page.volumes) {
    const [score] = volume.scores;
    const value = score?.metrics[page.ranking.name];
    if (score && typeof value === "number" && Number.isFinite(value)) {
      return { volume, score, value };
    }
  }
  return null;
}

/** A value as a share of what it can be, or null where that has no end. */
export function shareOf(
  value: number,
  { bounds: [low, high] }: MetricFacts,
): number | null {
  const share = (value - low) / (high - low);
  return Number.isFinite(high - low) ? share : null;
}

function isColouredByGroup(runs: number, groups: number): boolean {
  return runs > colourCount && groups <= colourCount;
}

function nameAndColour({ runs, matrix }: ReportData): PageRun[] {
  const variants = variantsOf(runs, matrix);
  const keys = runs.map(({ run }, i) =>
    variants[i]
      ? `variant ${variantLabel(variants[i])}`
      : planWithoutSeed(run.experiment, run.plan)
  );
  const groups = [...new Set(keys)];
  const groupOf = keys.map((key) => groups.indexOf(key));
  const byGroup = isColouredByGroup(runs.length, groups.length);
  const names = namesOf(runs, variants);
  const labels = labelsOf(runs, names);
  const groupLabels = groups.map((_, group) => {
    const of = groupOf.indexOf(group);
    const isUnique = names.every((name, i) =>
      name !== names[of] || groupOf[i] === group
    );
    return isUnique ? names[of]! : labels[of]!;
  });
  const ranks = new Map<number, number>();
  let colours = 0;
  const drawn: PageRun[] = [];
  for (const [index, data] of runs.entries()) {
    const group = groupOf[index]!;
    const rank = ranks.get(group) ?? 0;
    ranks.set(group, rank + 1);
    const original = drawn.find(({ run }) => run.id === data.run.rerunOf);
    const number = original || byGroup ? -1 : colours++;
    const [colour, dash] = matrix
      ? [group, Math.floor(group / colourCount)]
      : byGroup
      ? [group, rank]
      : original
      ? [original.colour, original.dash + 1]
      : [number, Math.floor(number / colourCount)];
    drawn.push({
      ...data,
      index,
      group,
      groupLabel: groupLabels[group]!,
      label: labels[index]!,
      colour: colour % colourCount,
      dash: dash % dashes.length,
    });
  }
  return drawn;
}

/** The place of each run in the matrix; null for runs beside it. */
function variantsOf(
  runs: readonly RunData[],
  matrix: MatrixData | null,
): readonly (Variant | null)[] {
  const places = new Map(
    matrix?.ids.map((id, i) => [id, matrix.record.variants[i]!.values]),
  );
  return runs.map(({ run }) => places.get(run.id) ?? null);
}

/** What runs are called that differ in nothing but the seed. */
function namesOf(
  runs: readonly RunData[],
  variants: readonly (Variant | null)[],
): string[] {
  return runs.map(({ run }, i) =>
    variants[i] ? variantLabel(variants[i]) || run.experiment : run.experiment
  );
}

/** The shortest of name, seed and id that tells all runs apart. */
function labelsOf(
  runs: readonly RunData[],
  names: readonly string[],
): string[] {
  const forms: ((data: RunData, i: number) => string)[] = [
    (_, i) => names[i]!,
    ({ run }, i) => `${names[i]} · seed ${run.seed}`,
    ({ run }, i) =>
      run.rerunOf === null
        ? `${names[i]} · seed ${run.seed}`
        : `${names[i]} · seed ${run.seed} · rerun`,
  ];
  for (const form of forms) {
    const labels = runs.map(form);
    if (new Set(labels).size === labels.length) return labels;
  }
  return runs.map(({ run }, i) => `${names[i]} · ${run.id}`);
}

const splits: readonly Split[] = ["validation", "test", "train"];

function scoresByVolume(
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
      const key = `${splits.indexOf(record.split)} ${record.volume}`;
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

/** The validation metrics at a run's best step, or the last one if nothing ranks them. */
function bestInTraining(run: PageRun): Score | null {
  const { ranking } = run.run;
  const series = run.series.filter((s) => s.split === "validation");
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
