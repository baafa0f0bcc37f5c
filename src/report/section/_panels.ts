import { machineNumbers, machinePrefix } from "@/machine/mod.ts";
import { foremostNames, validationLoss } from "@/metric/mod.ts";
import type { MetricSeries, Split } from "@/record/mod.ts";
import { factsOf, type Page, type PageRun } from "../page.ts";
import { spreadOf } from "../spread.ts";

/** A metric of a run over its steps, on one split. */
export interface Curve {
  /** The run. */
  readonly run: PageRun;
  /** The points. */
  readonly series: MetricSeries;
}

/** A metric of every run that has it; training stands beside validation. */
export interface Panel {
  /** The metric. */
  readonly name: string;
  /** The heading it stands under. */
  readonly group: PanelGroupName;
  /** Each run's, in their order. */
  readonly curves: readonly Curve[];
  /** Whether no curve ever changes, and nobody would look at it first. */
  readonly isConstant: boolean;
}

const groupNames = [
  "Loss",
  "Validation",
  "Test",
  "Training",
  "Machine",
] as const;

/** What panels are grouped by. */
export type PanelGroupName = typeof groupNames[number];

/** By group; then the loss, what readers look at first, and the others by name. */
export function panelsOf({ runs, ranking }: Page): Panel[] {
  const byKey = new Map<string, Curve[]>();
  for (const run of runs) {
    for (const series of run.series) {
      const { split, name } = series;
      if (series.values.length === 0 || isTableMatter(name)) continue;
      const key = `${split === "test" ? split : ""} ${name}`;
      byKey.set(key, [...byKey.get(key) ?? [], { run, series }]);
    }
  }
  const panels = [...byKey.values()].map((curves): Panel => {
    const { name } = curves[0]!.series;
    const isForemost = name === validationLoss.name ||
      name === ranking.name;
    return {
      name,
      group: groupOf(curves),
      curves,
      isConstant: !isForemost && curves.every(isFlat) &&
        curves.some(({ series }) => series.values.length > 1),
    };
  });
  const first = [validationLoss.name, ...foremostNames(ranking)];
  const rank = (name: string) => (first.indexOf(name) + 99) % 99;
  return panels.sort((a, b) =>
    groupNames.indexOf(a.group) - groupNames.indexOf(b.group) ||
    rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1)
  );
}

/** The splits that a panel's curves were measured on, training first. */
export function splitsOf({ curves }: Panel): Split[] {
  return [...new Set(curves.map(({ series }) => series.split))].toSorted();
}

/** What darkness alone reaches in a metric, and the runs that were measured beside it, unless all were. */
export interface Floor {
  /** The value, the mean over volumes as of the curves. */
  readonly value: number;
  /** The runs by number. */
  readonly runs?: readonly number[];
}

/**
 * The floors of a panel: one where all runs saw the same volumes; none of what
 * is neither good nor bad.
 */
export function floorsOf(page: Page, { name, curves }: Panel): Floor[] {
  if (factsOf(page, name).better === "neither") return [];
  const floors = new Map<number, number[]>();
  for (const { run, series } of curves) {
    const values = run.evaluations
      .filter(({ record }) => record.split === series.split)
      .map(({ record }) => record.baseline?.[name] ?? NaN);
    if (values.length === 0 || !values.every(Number.isFinite)) continue;
    const value = Number(spreadOf(values).mean.toPrecision(6));
    floors.set(value, [...floors.get(value) ?? [], run.index]);
  }
  const count = new Set(curves.map(({ run }) => run.index)).size;
  return [...floors].map(([value, runs]) =>
    runs.length === count ? { value } : { value, runs }
  );
}

function isFlat({ series: { values } }: Curve): boolean {
  return values.every((value) => Number.isFinite(value) && value === values[0]);
}

function groupOf(curves: readonly Curve[]): PanelGroupName {
  const has = (split: Split) =>
    curves.some(({ series }) => series.split === split);
  if (has("test")) return "Test";
  const { name } = curves[0]!.series;
  if (/^loss(\.|$)/.test(name)) return "Loss";
  if (/^speed\./.test(name) || name.startsWith(machinePrefix)) return "Machine";
  return has("validation") ? "Validation" : "Training";
}

/**
 * Whether a number belongs in tables alone: measured once with the best weights,
 * the spread of another, the same at every step, or one for all of the run.
 */
function isTableMatter(name: string): boolean {
  return name.startsWith("best.") || ofWholeRun.has(name) ||
    /(Std|Max)$|^objects$/.test(name);
}

const ofWholeRun = new Set<string>(
  machineNumbers().filter(({ kept }) => kept === "peak" || kept === "total")
    .map(({ name }) => name),
);
