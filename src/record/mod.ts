/**
 * The record of every run, in SQLite: its plan and surroundings, its numbers,
 * the hashes of its weights, what it made and what it said.
 *
 * @module
 */
export type { DatabaseOptions } from "./_database.ts";
export { nameFault } from "./_names.ts";
export * from "./artifact_records.ts";
export * from "./bundle/bring_runs.ts";
export * from "./bundle/bundle.ts";
export type {
  MetricFilter,
  MetricSeries,
  SeriesName,
} from "./table/metrics.ts";
export type { SampleFilter } from "./table/samples.ts";
export type { Inheritance } from "./_inheritance.ts";
export type { RecordingProcess } from "./_holder.ts";
export type { Recorder } from "./recorder.ts";
export * from "./environment.ts";
export * from "./import_runs.ts";
export * from "./json.ts";
export { hasRecords } from "./has_records.ts";
export { openRecords, readRecords, type Records } from "./records.ts";
export * from "./choice.ts";
export type { Cleaned } from "./collection/clean.ts";
export type { Dependence } from "./table/summaries.ts";
export type { Collection, Selected, Wanted } from "./collection/collection.ts";
export { type Cell, type RunColumn, runColumns } from "./collection/columns.ts";
export type {
  Marks,
  RunProgress,
  RunSummary,
} from "./collection/run_summary.ts";
export { namesIn, savedSelection } from "./collection/select.ts";
export type { Answer, QueryCell } from "./collection/query.ts";
export type { Named, RunValues } from "./collection/values.ts";
export { checkMarkName } from "./collection/mark_name.ts";
export type { MarkChange } from "./table/marks.ts";
export { matrixSchema } from "./table/matrices.ts";
export type { SavedSelection } from "./table/selections.ts";
export * from "./matrix.ts";
export * from "./named_runs.ts";
export { commonRanking } from "./ranking.ts";
export type { RecordsFault } from "./rescue/_fault.ts";
export type { Leftover } from "./rescue/_leftovers.ts";
export { type CheckedRecords, checkRecords } from "./rescue/check.ts";
export type { SavedTable } from "./rescue/_copy_table.ts";
export { isLossy, type SavedRecords, saveRecords } from "./rescue/save.ts";
export * from "./runs_of_plan.ts";
export * from "./thin.ts";
export * from "./types.ts";
export * from "./verdict.ts";
