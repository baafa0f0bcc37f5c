/**
 * The stream of training batches: pipeline, workers, order.
 *
 * @module
 */
export {
  type BatchStream,
  openBatches,
  type StreamOptions,
  type TimedBatch,
} from "./batches.ts";
export { readSample } from "./context.ts";
export {
  type Example,
  hashExample,
  openPipeline,
  type Pipeline,
  type PipelinePlan,
  type SampleRecord,
  type SampleRecording,
} from "./pipeline.ts";
export { makeSample, openPlan, type StreamPlan } from "./plan.ts";
