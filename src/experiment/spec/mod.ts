/**
 * Experiment files: from YAML to a validated Spec, or to every fault with its
 * line and column.
 *
 * @module
 */
export type { Frozen } from "./freeze.ts";
export { checkSpec, parseExperiment, type ParseOptions } from "./parse.ts";
export { experimentFiles } from "./load.ts";
export type * from "./spec.ts";
export { defaultWorkers } from "./train_schema.ts";
export {
  type CandidatePlan,
  candidatePlanSchema,
  synapseFault,
} from "./partners_schema.ts";
