import { type Catalog, catalog, type Entry } from "@/core/mod.ts";
import type { Metric, MetricOutput } from "./_metric.ts";
import { averagePrecision } from "./average_precision.ts";
import { cremi } from "./cremi.ts";
import { dice } from "./dice.ts";
import { validationLoss } from "./loss.ts";
import { matchedObjects } from "./matched_objects.ts";
import { objects } from "./objects.ts";
import { tolerance } from "./tolerance.ts";

/** Every metric an experiment can name. */
export const metrics: Catalog<Metric> = catalog("metric", [
  averagePrecision,
  dice,
  cremi,
  objects,
  matchedObjects,
  tolerance,
]);

/** Every metric there is: the entry given of its type, or its default options. */
export function everyEntry(given: readonly Entry[] = []): readonly Entry[] {
  return metrics.components.map(({ name }) =>
    given.find(({ type }) => type === name) ??
      metrics.schema.parse({ type: name })
  );
}

/** Every metric there is, with its default options. */
export function everyMetric(): readonly Metric[] {
  return everyEntry().map(metrics.create);
}

/** Every number that they give, in the order of their catalog. */
export function everyOutput(): readonly MetricOutput[] {
  return everyMetric().flatMap(({ outputs }) => outputs);
}

/** Every number of a validation: those of metrics, and the loss. */
export function validationOutputs(): readonly MetricOutput[] {
  return [...everyOutput(), validationLoss];
}
