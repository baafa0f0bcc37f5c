import { risingValue } from "@/core/mod.ts";
import { bestScore, type Page, type PageRun } from "./page.ts";

/** A measured run in time. */
export interface MeasuredRun {
  /** The run. */
  readonly run: PageRun;
  /** What ranks, on the first volume. */
  readonly value: number;
  /** When it ended, or started if it has not, in milliseconds of Unix time. */
  readonly atMs: number;
}

/** The runs that were measured on the first volume, by when they ended. */
export function measuredInTime(
  { ranking, volumes: [volume] }: Pick<Page, "ranking" | "volumes">,
): MeasuredRun[] {
  return (volume?.scores ?? []).flatMap(({ run, metrics }) => {
    const value = metrics[ranking.name];
    const atMs = Date.parse(run.run.finishedAt ?? run.run.startedAt);
    return typeof value === "number" && Number.isFinite(value) &&
        Number.isFinite(atMs)
      ? [{ run, value, atMs }]
      : [];
  }).toSorted((a, b) => a.atMs - b.atMs || a.run.index - b.run.index);
}

/**
 * What was best when the best run began, of runs that differ from it in more
 * than the seed, and by how much the best is higher; null if nothing was.
 */
export function bestBefore(
  page: Page,
): { readonly run: PageRun; readonly gain: number } | null {
  const best = bestScore(page);
  if (!best) return null;
  const { run, metrics } = best.score;
  const startMs = Date.parse(run.run.startedAt);
  const [before] = measuredInTime(page)
    .filter((one) => one.run.group !== run.group && one.atMs <= startMs)
    .toSorted((a, b) =>
      risingValue(b.value, page.ranking) - risingValue(a.value, page.ranking)
    );
  return before
    ? { run: before.run, gain: metrics[page.ranking.name]! - before.value }
    : null;
}
