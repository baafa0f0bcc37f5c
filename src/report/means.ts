import type { MetricSeries } from "@/record/mod.ts";

/**
 * The mean of the finite values of each of `stretches` parts of a series, at
 * the step in its middle; NaN where there is none. A thinned curve keeps
 * extremes, which say nothing of the middle: smoothing starts from these.
 */
export function stretchMeans(
  { steps, values }: Pick<MetricSeries, "steps" | "values">,
  stretches: number,
): { steps: number[]; values: number[] } {
  const means = { steps: [] as number[], values: [] as number[] };
  for (let s = 0; s < stretches; s++) {
    const from = Math.floor(s * values.length / stretches);
    const to = Math.floor((s + 1) * values.length / stretches);
    let sum = 0, count = 0;
    for (let i = from; i < to; i++) {
      if (!Number.isFinite(values[i]!)) continue;
      sum += values[i]!;
      count++;
    }
    if (to === from) continue;
    means.steps.push(steps[(from + to - 1) >> 1]!);
    means.values.push(sum / count); // of none, NaN
  }
  return means;
}
