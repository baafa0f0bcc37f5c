/**
 * Runs of other programs, imported to be compared.
 *
 * @module
 */
export type { ForeignRun, ForeignSeries, ForeignSource } from "./_source.ts";
export { foreignSourceAt, foreignSources } from "./catalog.ts";
export { type ForeignImport, importForeign } from "./import_foreign.ts";
export { type MetricMap, metricMapOf } from "./map_metrics.ts";
