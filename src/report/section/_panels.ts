import { foremostNames } from "@/metric/mod.ts";
import type { MetricSeries, Split } from "@/record/mod.ts";
import type { Page, PageRun } from "../page.ts";

/** A metric of a run over its steps. */
export interface Curve {
  /** The run. */
  readonly run: PageRun;
  /** The points. */
  readonly series: MetricSeries;
}

/** A metric of every run that has it. */
export interface Panel {
  /** What it was measured on. */
  readonly split: Split;
  /** The metric. */
  readonly name: string;
  /** The heading it stands under. */
  readonly group: string;
  /** One a run, in their order. */
  readonly curves: readonly Curve[];
}

/** By split; then the loss, what readers look at first, and the others by name. */
export function panelsOf({ runs, ranking }: Page): Panel[] {
  const panels = new Map<string, Panel & { curves: Curve[] }>();
  for (const run of runs) {
    for (const series of run.series) {
      const { split, name } = series;
      if (series.values.length === 0 || isTableMatter(name)) continue;
      const key = `${split} ${name}`;
      const panel = panels.get(key) ??
        { split, name, group: groupOf(split, name), curves: [] };
      panels.set(key, panel);
      panel.curves.push({ run, series });
    }
  }
  const first = ["loss", ...foremostNames(ranking)];
  const rank = (name: string) => (first.indexOf(name) + 99) % 99;
  const place = (group: string) => groupNames.findIndex((g) => g === group);
  return [...panels.values()].sort((a, b) =>
    place(a.group) - place(b.group) || rank(a.name) - rank(b.name) ||
    (a.name < b.name ? -1 : 1)
  );
}

const groupNames = ["Loss", "Validation", "Test", "Training"] as const;

function groupOf(split: Split, name: string): typeof groupNames[number] {
  if (split === "validation") return "Validation";
  if (split === "test") return "Test";
  return /^loss(\.|$)/.test(name) ? "Loss" : "Training";
}

/**
 * Whether a number belongs in the score table alone: measured once with the best
 * weights, the spread of another, or the same at every step.
 */
function isTableMatter(name: string): boolean {
  return name.startsWith("best.") || /(Std|Max)$|^objects$/.test(name);
}
