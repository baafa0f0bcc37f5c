import { canonicalJson, type Ranking, sha256Hex } from "@/core/mod.ts";
import { everyOutput } from "@/metric/mod.ts";
import {
  type ForeignRecord,
  type Imported,
  importRuns,
  type MetricPoint,
} from "@/record/mod.ts";
import type { ForeignRun, ForeignSource } from "./_source.ts";
import { foreignSourceAt } from "./catalog.ts";
import {
  checkMap,
  likelyMapping,
  type MetricMap,
  pointsOf,
} from "./map_metrics.ts";
import { seedOf, treeOf } from "./params.ts";

/** What came of an import. */
export interface ForeignImport extends Imported {
  /** Names of metrics that were not mapped. */
  readonly unmapped: readonly string[];
  /** How one of them may have to be mapped; null where none looks like ours. */
  readonly suggestion: string | null;
}

/**
 * Takes the runs that other programs keep at some paths into a results folder,
 * to be compared; all or none.
 *
 * @throws {ExperimentError} If there are none, something is damaged, or a metric
 * that is mapped is in none of them.
 * @throws {RunError} If it cannot be written.
 */
export function importForeign(
  paths: readonly string[],
  { map, to }: { readonly map: MetricMap; readonly to: string },
): ForeignImport {
  const runs = paths.flatMap((path) => {
    const source = foreignSourceAt(path);
    return source.runs(path).map((run) => ({ run, source }));
  });
  const names = checkMap(map, runs.map(({ run }) => run));
  const records = runs.map(({ run, source }) => recordOf(run, { map, source }));
  const unmapped = names.filter((name) => !map.has(name));
  const suggestion = likelyMapping(unmapped);
  return { ...importRuns(records, { to }), unmapped, suggestion };
}

function recordOf(
  run: ForeignRun,
  { map, source: { program } }: {
    readonly map: MetricMap;
    readonly source: ForeignSource;
  },
): ForeignRecord {
  const points = pointsOf(run, map);
  const ranking = rankingOf(points);
  const { seed, params } = seedOf(run.params);
  const labels = new Map(Object.entries(run.labels));
  const plan = {
    format: 1,
    importedFrom: { program, run: run.id },
    spec: {
      name: run.experiment,
      seed,
      ...params.size > 0 && { params: treeOf(params) },
      ...labels.size > 0 && { labels: treeOf(labels) },
    },
  };
  const startedAt = timeOf(run.beganMs);
  const finishedAt = timeOf(run.endedMs ?? run.beganMs);
  const { state, reason } = run, end = { state, reason };
  const whole = [plan, startedAt, finishedAt, end, pointTexts(points)];
  return {
    ...{ program, startedAt, finishedAt, points, ...end },
    identity: `${program} ${run.id}`,
    note: [run.name === run.experiment ? null : run.name, run.note]
      .filter((text) => text !== null).join(": ") || null,
    newRun: {
      experiment: run.experiment,
      ...{ file: null, overrides: [], inputs: [], rerunOf: null, seed },
      plan: JSON.stringify(plan),
      planHash: sha256Hex(canonicalJson(whole)),
      ...ranking && { ranking },
      environment: {
        engine: program,
        ...{ versions: {}, devices: [], threads: 0, cpu: "–", gpu: null },
        ...{ os: "–", commit: run.commit, dirtyDiff: "", lockfileSha256: "" },
        notices: [`imported from ${program}: to be compared, not repeated`],
      },
    },
  };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** Numbers as texts, as JSON has no NaN. */
function pointTexts(points: readonly MetricPoint[]): readonly string[] {
  return points.map(({ split, name, step, value }) =>
    `${split}/${name} ${step} ${Object.is(value, -0) ? "-0" : value}`
  );
}

/** What its weights are ranked by: of what it validated, the foremost that we know. */
function rankingOf(points: readonly MetricPoint[]): Ranking | null {
  const names = new Set(
    points.filter(({ split }) => split === "validation")
      .map(({ name }) => name),
  );
  const known = everyOutput().find(({ name, better }) =>
    names.has(name) && better !== "neither"
  );
  return known ? { name: known.name, better: known.better as "higher" } : null;
}
