/**
 * Runs that the queue of a cluster carries out: handed over here, done there,
 * gathered at the end.
 *
 * @module
 */
export { type Ended, endSubmission, isGathered } from "./end.ts";
export type { EndRequest, WentOn } from "./go_on.ts";
export type { HandedOver, SubmitRequest } from "./hand_over.ts";
export { readExecutor } from "./read_executor.ts";
export { runTask } from "./run_task.ts";
export { submitRuns, type Submitted } from "./submit.ts";
