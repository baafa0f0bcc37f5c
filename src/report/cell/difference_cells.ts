import type { MetricFacts } from "../data.ts";
import type { ComparedPair, Difference } from "../paired.ts";
import { type Cell, pHtml } from "./cell.ts";
import { signed, signedInterval } from "./signed.ts";
import { forestHtml, type Range } from "./strip_html.ts";

type Facts = Pick<MetricFacts, "unit" | "better">;

/** The cells of a metric's column of differences, on one scale. */
export function differenceCells(
  compared: readonly ComparedPair[],
  facts: Facts,
): Cell[] {
  const range = rangeAboutZero(
    compared.flatMap(({ difference }) => difference ?? []),
  );
  return compared.map(({ difference, p }) =>
    difference
      ? differenceCell(difference, { p, facts, range })
      : { class: "strip-column muted", html: "–" }
  );
}

function differenceCell(
  { mean, each, interval, effect }: Difference,
  { p, facts, range }: {
    /** Corrected for the number of comparisons. */
    readonly p: number | null;
    readonly facts: Facts;
    readonly range: Range;
  },
): Cell {
  const { unit } = facts;
  const name = toneOf(mean, { p, facts });
  const reach = interval
    ? signedInterval(interval, unit)
    : "one pair, no interval";
  return {
    class: "strip-column",
    value: mean,
    more: interval
      ? { low: interval[0], high: interval[1], p, g: effect }
      : undefined,
    title: `pair by pair: ${each.map((d) => signed(d, unit)).join(", ")}`,
    html: forestHtml({ each, mean, interval, range, name }) +
      `<span class="strip-text">${signed(mean, unit)} ` +
      `<span class="muted">${reach}</span></span>` +
      (p === null ? "" : testHtml(p, effect)),
  };
}

function testHtml(p: number, effect: number | null): string {
  const g = effect === null
    ? ""
    : `, g ${effect < 0 ? "−" : "+"}${Math.abs(effect).toFixed(1)}`;
  return `<small class="strip-test muted">p ${pHtml(p)}${g}</small>`;
}

/** Below this a difference is called one. */
const significance = 0.05;

/** Good or bad only where that is no chance, of all comparisons together. */
function toneOf(
  mean: number,
  { p, facts: { better } }: { p: number | null; facts: Facts },
): "is-good" | "is-bad" | "is-open" {
  if (p === null || !(p < significance)) return "is-open";
  return (mean > 0) === (better === "higher") ? "is-good" : "is-bad";
}

/** About zero, so that means and dots are seen; intervals may be cut. */
function rangeAboutZero(differences: readonly Difference[]): Range {
  const dots = differences.flatMap(({ each }) => each).map(Math.abs);
  const ends = differences.flatMap(({ interval }) => interval ?? [])
    .map(Math.abs);
  const furthest = Math.max(0, ...dots);
  const reach = Math.max(
    furthest,
    Math.min(Math.max(0, ...ends), 3 * furthest),
  );
  return reach === 0 ? [-1, 1] : [-1.05 * reach, 1.05 * reach];
}
