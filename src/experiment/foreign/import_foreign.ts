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
  const { seed, params } = seedOf(run);
  const plan = {
    format: 1,
    importedFrom: { program, run: run.id },
    spec: {
      name: run.experiment,
      seed,
      ...nested("params", params),
      ...nested("labels", run.labels),
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

/** The seed it was given, 0 if it was not, and its other options. */
function seedOf({ params }: ForeignRun): Pick<ForeignRun, "params"> & {
  readonly seed: number;
} {
  for (const [name, text] of Object.entries(params)) {
    if (!/(^|[._/-])seed$/i.test(name) || !/^\d+$/.test(text)) continue;
    const { [name]: _, ...others } = params;
    if (Number.isSafeInteger(Number(text))) {
      return { seed: Number(text), params: others };
    }
  }
  return { seed: 0, params };
}

type Tree = { [key: string]: Tree | string | number | boolean };

/** Texts by names with dots as a tree, what reads as a number or a flag as that. */
function nested(
  key: string,
  texts: Readonly<Record<string, string>>,
): Record<string, Tree> {
  const tree: Tree = Object.create(null);
  for (const [name, text] of Object.entries(texts).toSorted()) {
    const parts = name.split(".");
    const last = parts.pop()!;
    let at: Tree | null = tree;
    for (const part of parts) {
      const next: Tree[string] = at![part] ??= Object.create(null);
      at = typeof next === "object" ? next : null;
      if (!at) break;
    }
    if (at) at[last] = valueOf(text);
    else tree[name] = valueOf(text); // "a" is a value, so that "a.b" stays whole
  }
  return Object.keys(tree).length === 0 ? {} : { [key]: tree };
}

function valueOf(text: string): string | number | boolean {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  const number = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)
    ? Number(text)
    : NaN;
  return Number.isFinite(number) ? number : text;
}
