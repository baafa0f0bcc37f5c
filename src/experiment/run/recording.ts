import type { StepEvent } from "@/train/mod.ts";
import type { MetricPoint } from "@/record/mod.ts";

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
