import type { VNode } from "preact";
import { foremostNames, metricLabel } from "@/metric/mod.ts";
import { bestOfRuns } from "../cell/best_mark.ts";
import type { MetricFacts } from "../data.ts";
import { factsOf, type Page, type VolumeScores } from "../page.ts";
import { SortHead } from "./sort_head.tsx";

/** A metric as a column of a table. */
export interface Column {
  /** The metric. */
  readonly name: string;
  /** What readers call it. */
  readonly label: string;
  /** What is known of it. */
  readonly facts: MetricFacts;
  /** Whether it is seen only when asked for. */
  readonly isMore: boolean;
  /** The best value of any run; null without a direction or a difference. */
  readonly best: number | null;
}

/** The unit of a metric and an arrow to where it is better. */
export function Direction({ facts }: { facts: MetricFacts }): VNode | null {
  const arrow = { higher: "↑", lower: "↓", neither: "" }[facts.better];
  if (!arrow && !facts.unit) return null;
  return (
    <small
      class={facts.unit ? "unit" : undefined}
      title={arrow ? `${facts.better} is better` : undefined}
    >
      {[facts.unit, arrow].filter(Boolean).join(" ")}
    </small>
  );
}

/** The head of a metric's column; `now` is how it sorts the rows already. */
export function ColumnHead(
  { label, facts, isMore, now }: Pick<Column, "label" | "facts" | "isMore"> & {
    now?: "ascending" | "descending" | undefined;
  },
): VNode {
  const first = facts.better === "lower" ? "ascending" : "descending";
  return (
    <SortHead
      sorting={{ by: "number", first, now }}
      name={facts.unit ? `${label} (${facts.unit})` : label}
      title={facts.summary || undefined}
      more={isMore}
    >
      {label}
      <Direction facts={facts} />
    </SortHead>
  );
}

/** How many metrics tables show without being asked. */
const mainCount = 5;

/**
 * Metrics in the order of their catalogs, then by name. What others are counted
 * out of is shown with them.
 */
export function columnsOf(page: Page, volume: VolumeScores): Column[] {
  const names = new Set(volume.scores.flatMap((s) => Object.keys(s.metrics)));
  for (const name of names) names.delete(factsOf(page, name).outOf ?? "");
  const known = Object.keys(page.data.facts).filter((name) => names.has(name));
  const others = [...names].filter((name) => !known.includes(name)).sort();
  const foremost = foremostNames(page.ranking, mainCount);
  const main = foremost.some((name) => names.has(name))
    ? foremost
    : [...known, ...others].slice(0, mainCount);
  return [...known, ...others].map((name) => {
    const facts = factsOf(page, name);
    return {
      name,
      label: metricLabel(name),
      facts,
      isMore: !main.includes(name),
      best: bestOfRuns(
        volume.scores.map(({ metrics }) => metrics[name] ?? null),
        facts,
      ),
    };
  });
}
