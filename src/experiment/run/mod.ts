/**
 * Runs: from a plan to records.
 *
 * @module
 */
export { scoresText } from "./carry_out.ts";
export { measure, type Scores } from "./evaluate.ts";
export * from "./predict.ts";
export * from "./report.ts";
export * from "./run.ts";
export type { RunContext } from "./types.ts";
export type { DataPlace } from "./volumes.ts";
