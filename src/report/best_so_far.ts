import { beforeBest, type TimedScore } from "./before_best.ts";
import { bestScore, type Page, type PageRun } from "./page.ts";

/** A measured run in time. */
export interface MeasuredRun extends TimedScore {
  /** The run. */
  readonly run: PageRun;
}

/** The runs that were measured on the first volume, by when they ended. */
export function measuredInTime(
  { ranking, volumes: [volume] }: Pick<Page, "ranking" | "volumes">,
): MeasuredRun[] {
  return (volume?.scores ?? []).flatMap(({ run, metrics }) => {
    const value = metrics[ranking.name];
    const startMs = Date.parse(run.run.startedAt);
    const atMs = Date.parse(run.run.finishedAt ?? run.run.startedAt);
    return typeof value === "number" && Number.isFinite(value) &&
        Number.isFinite(atMs)
      ? [{ run, group: run.group, value, startMs, atMs }]
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
  const inTime = measuredInTime(page);
  const score = bestScore(page)?.score;
  const best = inTime.find(({ run }) => run === score?.run);
  const before = best &&
    beforeBest(best, { inTime, facts: page.ranking });
  return before ? { run: before.run, gain: best.value - before.value } : null;
}
