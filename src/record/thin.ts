import type { MetricSeries } from "./table/metrics.ts";

/**
 * At most `most` points of a series for a chart: of each of equally many
 * points, the lowest, the highest, and the first NaN, so that neither peaks
 * nor gaps are lost; the first and the last point stay. Equal input gives
 * equal output.
 *
 * @throws {RangeError} If `most` is below 8.
 */
export function thinSeries(series: MetricSeries, most: number): MetricSeries {
  if (!(most >= 8)) {
    throw new RangeError(
      `Cannot thin to ${most} points: at least 8 are needed`,
    );
  }
  const { steps, values } = series;
  const last = values.length - 1;
  if (values.length <= most) return series;
  const each = values.some(Number.isNaN) ? 3 : 2;
  const stretches = Math.floor((most - 2) / each);
  const keep = new Set([0]);
  for (let s = 0; s < stretches; s++) {
    // Between the first and the last point.
    const from = 1 + Math.floor(s * (last - 1) / stretches);
    const to = 1 + Math.floor((s + 1) * (last - 1) / stretches);
    for (const i of landmarks(values, from, to)) keep.add(i);
  }
  keep.add(last);
  const kept = [...keep];
  return {
    ...series,
    steps: kept.map((i) => steps[i]!),
    values: kept.map((i) => values[i]!),
  };
}

/** Where the lowest, the highest and the first NaN are, in order of place. */
function landmarks(
  values: readonly number[],
  from: number,
  to: number,
): number[] {
  let low = -1, high = -1, gap = -1;
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) {
      if (gap === -1) gap = i;
      continue;
    }
    if (low === -1 || value < values[low]!) low = i;
    if (high === -1 || value > values[high]!) high = i;
  }
  return [low, high, gap].filter((i) => i !== -1).toSorted((a, b) => a - b);
}
