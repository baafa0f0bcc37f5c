/**
 * What runs are compared by.
 *
 * @module
 */
import { type Catalog, catalog, defaultOptions } from "@/core/mod.ts";
import type { Metric, MetricInput } from "./_metric.ts";
import { averagePrecision } from "./average_precision.ts";
import { cremi } from "./cremi.ts";
import { dice, thresholdOf } from "./dice.ts";
import { objects } from "./objects.ts";

export type { Metric, MetricInput, MetricOutput } from "./_metric.ts";
export { darkness } from "./darkness.ts";
export { bestThreshold } from "./dice.ts";
export { type CurvePoint, precisionRecall } from "./precision_recall.ts";

/** Every metric an experiment can name. */
export const metrics: Catalog<Metric> = catalog("metric", [
  averagePrecision,
  dice,
  cremi,
  objects,
]);

/**
 * Every metric with its default options, by the names of their outputs; the
 * threshold is chosen once, if it is not given.
 */
export function evaluateAll(
  input: MetricInput,
): Record<string, number | null> {
  const settled = { ...input, threshold: thresholdOf(input) };
  const results = metrics.components.map((component) =>
    component.create(defaultOptions(component)).evaluate(settled)
  );
  return Object.assign({}, ...results);
}
