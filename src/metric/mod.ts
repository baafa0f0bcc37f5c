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
 *
 * @example One cleft of two voxels, the third voxel called so by mistake
 * ```ts
 * import { evaluateAll } from "@/metric/mod.ts";
 *
 * const { dice, adgt, adf } = evaluateAll({
 *   probability: Float32Array.of(0.9, 0.8, 0.8, 0.1),
 *   target: Uint8Array.of(1, 1, 0, 0),
 *   mask: Uint8Array.of(1, 1, 1, 1),
 *   shapeVox: [1, 1, 4],
 *   voxelNm: [40, 4, 4],
 * });
 * // 2 · 2 / (3 + 2); one of three voxels is 4 nm away; both clefts are met.
 * if (dice !== 0.8 || adgt !== 4 / 3 || adf !== 0) throw new Error();
 * ```
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
