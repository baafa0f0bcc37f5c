import type { MetricFacts } from "./data.ts";

/** Whether one value of a metric is better than another; never without a direction. */
export function isBetter(
  a: number,
  b: number,
  { better }: Pick<MetricFacts, "better">,
): boolean {
  return better === "higher" ? a > b : better === "lower" ? a < b : false;
}

/** The best of some values; null without a direction or any value. */
export function bestOf(
  values: readonly number[],
  facts: Pick<MetricFacts, "better">,
): number | null {
  if (facts.better === "neither" || values.length === 0) return null;
  return values.reduce((best, value) =>
    isBetter(value, best, facts) ? value : best
  );
}

/** A value as a share of what it can be, or null where that has no end. */
export function shareOf(
  value: number,
  { bounds: [low, high] }: Pick<MetricFacts, "bounds">,
): number | null {
  const share = (value - low) / (high - low);
  return Number.isFinite(high - low) ? share : null;
}
