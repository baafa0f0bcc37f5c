/**
 * From probabilities to clefts: what is called so, and what of it is kept.
 *
 * @module
 */
export {
  type Called,
  type CallStep,
  type MaskStep,
  type ProbabilityStep,
  type Sections,
  sectionsOf,
  type Step,
} from "./_step.ts";
export { steps } from "./catalog.ts";
export { type LabelledObjects, labelledObjects } from "./labelled_objects.ts";
export {
  calledAt,
  calledFrom,
  type OrderFault,
  orderFault,
  settledSteps,
} from "./order.ts";
export {
  beforeCall,
  postprocess,
  type Postprocessed,
  postprocessWhole,
  wholeOf,
  type WholePrediction,
} from "./postprocess.ts";
export {
  choiceCount,
  choicesOf,
  firstChoice,
  mostChoices,
  type SweptOption,
  sweptOptions,
} from "./sweep.ts";
