/**
 * What an experiment comes to: pure, from a Spec to a Plan.
 *
 * @module
 */
export {
  type Finding,
  type Plan,
  planExperiment,
  type PlanShape,
  type PlanVolume,
  withFindings,
  withVolumes,
} from "./plan.ts";
export { drawPlan } from "./draw.ts";
export * from "./memory_needs.ts";
export { netOf, targetsOf } from "./heads.ts";
export { polarityHead } from "./partners.ts";
export { type PlanHashes, planHashes } from "./hash.ts";
export { type Measured, measuredBy, metricOf, rankingOf } from "./ranking.ts";
export {
  type PlanSteps,
  planSteps,
  samplesPerStep,
  type StepSize,
  voxelsPerStep,
} from "./steps.ts";
export {
  scheduleOf,
  stopEarlyOf,
  trainedNetwork,
  watchedBy,
} from "./training.ts";
export { tunedBy } from "./postprocessing.ts";
export { planOf, readPlan } from "./read_plan.ts";
