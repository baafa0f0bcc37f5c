import type { LossTerm } from "@/loss/mod.ts";
import { machinePrefix } from "@/machine/mod.ts";
import { metricLabel, type Scores } from "@/metric/mod.ts";
import type { MetricPoint, Split } from "@/record/mod.ts";
import type { StepEvent } from "@/train/mod.ts";

/** Metrics that tell of speed begin so; they differ from run to run. */
const speedPrefix = "speed.";

/** Whether a rerun gives a number again: it tells neither of speed nor of the machine. */
export function isRepeatable(name: string): boolean {
  return !name.startsWith(speedPrefix) && !name.startsWith(machinePrefix);
}

/** Metrics of the best weights, measured at the end, begin so. */
export const bestPrefix = "best.";

/** The points that a training step leaves in the record. */
export function stepPoints(
  event: StepEvent,
  { terms, voxelsPerStep }: {
    readonly terms: readonly LossTerm[];
    readonly voxelsPerStep: number;
  },
): readonly MetricPoint[] {
  const { step, stepMs, gradientNorm } = event;
  const point = (name: string, value: number): MetricPoint => ({
    split: "train",
    name,
    step,
    value,
  });
  return [
    point("loss", event.loss),
    ...terms.map(({ name }, i) => point(`loss.${name}`, event.terms[i]!)),
    ...terms.flatMap(({ name, course }, i) =>
      course ? [point(`weight.${name}`, event.factors[i]!)] : []
    ),
    ...(gradientNorm === null ? [] : [point("gradientNorm", gradientNorm)]),
    point("learningRate", event.learningRate),
    point(`${speedPrefix}stepMs`, stepMs),
    point(`${speedPrefix}waitMs`, event.waitMs),
    point(`${speedPrefix}voxelsPerSecond`, 1000 * voxelsPerStep / stepMs),
  ];
}

/** Scores as points of the record; NaN where the data leave one undefined. */
export function scorePoints(
  split: Split,
  { step, scores, prefix = "" }: {
    readonly step: number;
    readonly scores: Scores;
    readonly prefix?: string;
  },
): readonly MetricPoint[] {
  return Object.entries(scores).map(([name, value]) => ({
    split,
    name: prefix + name,
    step,
    value: value ?? NaN,
  }));
}

/** Scores as `AP 0.512 · Dice 0.487 · …`. */
export function scoresText(scores: Scores): string {
  return Object.entries(scores).map(([name, value]) => {
    const label = metricLabel(name);
    if (value === null) return `${label} –`;
    const digits = Math.abs(value) < 10 && !Number.isInteger(value) ? 3 : 0;
    return `${label} ${value.toFixed(digits)}`;
  }).join(" · ");
}
