import { defaultOptions } from "@/core/mod.ts";
import { metrics as metricCatalog } from "@/metric/mod.ts";
import type { MetricPoint, Split } from "@/record/mod.ts";
import type { StepEvent } from "@/train/mod.ts";
import type { Spec } from "../spec/mod.ts";
import type { Scores } from "./evaluate.ts";

/** Metrics that tell of speed begin so; they differ from run to run. */
export const speedPrefix = "speed.";

/** The points that a training step leaves in the record. */
export function stepPoints(
  event: StepEvent,
  { termNames, voxelsPerStep }: {
    termNames: readonly string[];
    voxelsPerStep: number;
  },
): readonly MetricPoint[] {
  const { step, stepMs } = event;
  const point = (name: string, value: number): MetricPoint => ({
    split: "train",
    name,
    step,
    value,
  });
  return [
    point("loss", event.loss),
    ...termNames.map((name, i) => point(`loss.${name}`, event.terms[i]!)),
    point("learningRate", event.learningRate),
    point(`${speedPrefix}stepMs`, stepMs),
    point(`${speedPrefix}waitMs`, event.waitMs),
    point(`${speedPrefix}voxelsPerSecond`, 1000 * voxelsPerStep / stepMs),
  ];
}

/** The metric that decides which weights are best, and which way. */
export function rankingOf(
  { evaluate }: Spec,
): { name: string; sign: 1 | -1 } {
  const outputs = metricCatalog.components
    .filter((m) => evaluate.metrics.includes(m.name))
    .flatMap((m) => m.create(defaultOptions(m)).outputs);
  const output = outputs.find((o) => o.better !== "neither")!;
  return { name: output.name, sign: output.better === "higher" ? 1 : -1 };
}

/** Scores as points of the record; NaN where the data leave one undefined. */
export function scorePoints(
  split: Split,
  step: number,
  scores: Scores,
  prefix = "",
): readonly MetricPoint[] {
  return Object.entries(scores).map(([name, value]) => ({
    split,
    name: prefix + name,
    step,
    value: value ?? NaN,
  }));
}

/** Scores as `ap 0.512 · dice 0.487 · …`. */
export function scoresText(scores: Scores): string {
  return Object.entries(scores).map(([name, value]) => {
    if (value === null) return `${name} –`;
    const digits = Math.abs(value) < 10 && !Number.isInteger(value) ? 3 : 0;
    return `${name} ${value.toFixed(digits)}`;
  }).join(" · ");
}
