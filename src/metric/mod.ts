/**
 * What runs are compared by.
 *
 * @module
 */
import type { Ranking } from "@/core/mod.ts";
import {
  type Metric,
  type MetricInput,
  proposalOf,
  truthOf,
} from "./_metric.ts";
import { everyMetric, everyOutput } from "./catalog.ts";
import { thresholdOf } from "./dice.ts";

export type { Metric, MetricInput, MetricOutput } from "./_metric.ts";
export { type FoundCleft, foundClefts } from "./clefts.ts";
export { proposalOf, truthOf };
export { darkness } from "./darkness.ts";
export { bestThreshold, diceOf, type Overlap, overlapOf } from "./dice.ts";
export {
  everyEntry,
  everyMetric,
  everyOutput,
  metrics,
  validationOutputs,
} from "./catalog.ts";
export { validationLoss } from "./loss.ts";
export { measuredTitle, metricLabel, metricTitle } from "./label.ts";
export { type CurvePoint, precisionRecall } from "./precision_recall.ts";

/** Every number of some metrics by name; null where the data leave it undefined. */
export type Scores = Readonly<Record<string, number | null>>;

/**
 * The names of the numbers that readers look at first: what ranks, then the
 * `count` most prominent ones.
 */
export function foremostNames(
  ranking: Ranking,
  count = Infinity,
): readonly string[] {
  const prominent = everyOutput()
    .filter(({ prominence }) => prominence !== undefined)
    .toSorted((a, b) => a.prominence! - b.prominence!)
    .slice(0, count);
  return [...new Set([ranking.name, ...prominent.map(({ name }) => name)])];
}

/**
 * Measures a prediction at one threshold, which is chosen here if the input has
 * none: the numbers of the metrics, all there are by default, and the threshold.
 * Where nothing is cleft there is nothing to choose it by, and all are null; so
 * they are where the prediction is no number, which would pass for "no cleft".
 *
 * @example One cleft of two voxels, the third voxel called so by mistake
 * ```ts
 * import { measure } from "@/metric/mod.ts";
 *
 * const { dice, adgt, adf } = measure({
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
export function measure(
  input: MetricInput,
  chosen: readonly Metric[] = everyMetric(),
): Scores {
  const hasThreshold = input.threshold !== undefined ||
    truthOf(input).includes(1);
  if (!hasThreshold || isNoNumber(input)) {
    const names = chosen.flatMap(({ outputs }) => outputs).map((o) => o.name);
    return Object.fromEntries(["threshold", ...names].map((n) => [n, null]));
  }
  const threshold = thresholdOf(input);
  const at = { ...input, threshold };
  const results = chosen.map((metric) => metric.evaluate(at));
  return Object.assign({ threshold }, ...results);
}

/** Whether a labelled voxel is predicted as NaN, such as by weights that are NaN. */
function isNoNumber({ probability, mask }: MetricInput): boolean {
  return probability.some((value, i) => Number.isNaN(value) && mask[i] !== 0);
}
