/**
 * Runs: from a plan to records. Three verbs carry an experiment out, each in a
 * file of its name:
 *
 * - `startRun()` trains an experiment from its first step, or from where an
 *   earlier run has trained the same;
 * - `resumeRun()` goes on with a run that was cut;
 * - `repeatRun()` trains a recorded run again and compares every number.
 *
 * Each has everything a run needs read, checked and opened (`prepare.ts`), says
 * in a `Job` where the run is recorded, from where it begins and what
 * it must equal (`job.ts`), and hands it to `carryOut()` (`carry_out.ts`), which
 * takes the place in the records, begins (`begin.ts`), trains and measures
 * (`train_and_measure.ts`), and records how it ended.
 *
 * On the way, `observer.ts` records each step, `validator.ts` validates and keeps
 * the best weights, and `measure_best.ts` measures those at the end. The other
 * files are their tools, and `predict.ts`, `report.ts` and `open_view.ts` what follows
 * a run.
 *
 * @module
 */
export * from "./bundle_runs.ts";
export type { BundledData } from "./bundled_data.ts";
export type { ReportingContext, RunContext } from "./context.ts";
export * from "./open_view.ts";
export { type AppliedNetwork, ForwardThreads } from "./forward_threads.ts";
export { type PredictRequest, predictRun } from "./predict.ts";
export * from "./postprocess_file.ts";
export { knownSteps } from "./record_calling.ts";
export { scoresText } from "./recording.ts";
export * from "./repeat.ts";
export * from "./report.ts";
export * from "./resume.ts";
export { type ResumePoint } from "./resume_point.ts";
export * from "./start.ts";
export * from "./take_bundle.ts";
export { type DataPlace, openSource } from "./volumes.ts";
