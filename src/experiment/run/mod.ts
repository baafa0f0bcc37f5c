/**
 * Runs: from a plan to records.
 *
 * @module
 */
export * from "./predict.ts";
export { scoresText } from "./recording.ts";
export * from "./report.ts";
export { type ResumePoint } from "./resume_point.ts";
export * from "./run.ts";
export type { RunContext } from "./types.ts";
export { type DataPlace, openSource } from "./volumes.ts";
