/**
 * What an experiment comes to: pure, from a Spec to a Plan.
 *
 * @module
 */
export {
  type Plan,
  planExperiment,
  type PlanShape,
  type PlanVolume,
} from "./plan.ts";
export { drawPlan } from "./draw.ts";
export { netOf, targetsOf } from "./heads.ts";
export { planHash } from "./hash.ts";
export { type PlanSteps, planSteps } from "./steps.ts";
export { readPlan } from "./read_plan.ts";
