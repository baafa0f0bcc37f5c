import type { MetricFacts } from "../data.ts";
import { bestOf } from "../facts.ts";
import { formatMean, plural } from "../format.ts";
import { type Spread, spreadOf } from "../spread.ts";
import type { Cell } from "./cell.ts";

/** What a row's mean is of. */
export interface MeanRow {
  /** A value of each run that has one. */
  readonly values: readonly number[];
  /** How many runs there are. */
  readonly runs: number;
}

/**
 * The cells of a metric's column of means, a row each; the best, or all that are as
 * good, are marked where that is asked for and the means differ.
 */
export function meanCells(
  rows: readonly MeanRow[],
  { unit, better, isMore, marksBest }: Pick<MetricFacts, "unit" | "better"> & {
    readonly isMore: boolean;
    readonly marksBest: boolean;
  },
): Cell[] {
  const spreads = rows.map(({ values }) =>
    values.length > 0 ? spreadOf(values) : null
  );
  const means = spreads.flatMap((spread) => spread ? [spread.mean] : []);
  const isContest = marksBest && new Set(means).size > 1;
  const best = isContest ? bestOf(means, { better }) : null;
  const isBest = (spread: Spread | null) =>
    spread !== null && spread.mean === best;
  return spreads.map((spread, i) => ({
    class: `number${isMore ? " is-more" : ""}${isBest(spread) ? " best" : ""}`,
    title: isBest(spread)
      ? "best mean of these variants"
      : spread && spread.n < rows[i]!.runs
      ? `of ${plural(spread.n, "run")}; the others have none`
      : undefined,
    value: spread?.mean,
    more: spread ? { SD: spread.deviation, n: spread.n } : undefined,
    html: `<span>${spreadHtml(spread, unit)}</span>`,
  }));
}

/** `0.512 ± 0.013`; the mean alone of a single value, a dash of none. */
export function spreadHtml(spread: Spread | null, unit: string): string {
  if (!spread) return "–";
  const { mean, deviation } = spread;
  const scatter = deviation === null
    ? ""
    : `<span class="muted"> ± ${formatMean(deviation, unit)}</span>`;
  return formatMean(mean, unit) + scatter;
}

/** How many of a row's runs have finished and count. */
export function seedsCell(
  { counted, all, title }: {
    readonly counted: number;
    readonly all: number;
    readonly title: string | undefined;
  },
): Cell {
  return {
    class: "number",
    title,
    value: counted,
    html: counted === all ? `${all}` : `${counted} of ${all}`,
  };
}
