/**
 * Pages from records: one HTML file that compares runs.
 *
 * @module
 */
export type {
  Evaluation,
  MetricFacts,
  ReportData,
  RunData,
  SectionPictures,
} from "./data.ts";
export * from "./gather.ts";
export type { Page, PageRun, Score, VolumeScores } from "./page.ts";
export * from "./preview/mod.ts";
export * from "./report.tsx";
export * from "./section/mod.ts";
