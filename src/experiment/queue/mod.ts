/**
 * Runs that the queue of a cluster carries out: handed over here, done there,
 * gathered at the end.
 *
 * @module
 */
export { endSubmission } from "./end.ts";
export type { HandedOver, SubmitRequest } from "./hand_over.ts";
export { readExecutor } from "./read_executor.ts";
export { runTask } from "./run_task.ts";
export { submitRuns, type Submitted } from "./submit.ts";
