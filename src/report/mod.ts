/**
 * Pages from records: one HTML file that compares runs.
 *
 * @module
 */
export type {
  Evaluation,
  Gallery,
  MatrixData,
  MetricFacts,
  PicturedSections,
  ReportData,
  RunData,
  SectionPictures,
} from "./data.ts";
export * from "./alignment/mod.ts";
export * from "./comparison.ts";
export * from "./gather.ts";
export * from "./live/mod.ts";
export * from "./network_drawing.tsx";
export * from "./paired.ts";
export type { BadgeState } from "./part/badge.tsx";
export type { Page, PageMatrix, PageRun, Score, VolumeScores } from "./page.ts";
export { planWithoutSeed, programOf } from "./plan.ts";
export * from "./preview/mod.ts";
export * from "./report.tsx";
export * from "./section/mod.ts";
export { type Spread, spreadOf } from "./spread.ts";
export { recordedTrials, type Trial } from "./trials.ts";
export * from "./variants.ts";
