import { metricLabel } from "@/metric/mod.ts";
import type { Ranking } from "@/core/mod.ts";
import { commonRanking, type MatrixRecord } from "@/record/mod.ts";
import type { MatrixData, MetricFacts, ReportData } from "./data.ts";
import { colouredInOrder, nameAndColour, type PageRun } from "./page_runs.ts";
import { bestGroups } from "./run_groups.ts";
import {
  type Score,
  scoresByVolume,
  type VolumeScores,
} from "./volume_scores.ts";
import { groupVariants, type VariantGroup } from "./variants.ts";

export type { PageRun } from "./page_runs.ts";
export type { Score, VolumeScores } from "./volume_scores.ts";

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
  const named = nameAndColour(data);
  const { isColouredByGroup } = named;
  const ranking = commonRanking(data.runs.map(({ run }) => run));
  const volumes = scoresByVolume(named.runs, ranking);
  const runs = isColouredByGroup
    ? colouredInOrder(named.runs, bestGroups({ ...named, ranking, volumes }))
    : named.runs;
  return {
    data,
    runs,
    ranking,
    matrix: data.matrix && matrixOf(data.matrix, runs),
    isColouredByGroup,
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
export function factsOf(
  { data: { facts } }: { readonly data: Pick<ReportData, "facts"> },
  name: string,
): MetricFacts {
  return Object.hasOwn(facts, name) ? facts[name]! : {
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
