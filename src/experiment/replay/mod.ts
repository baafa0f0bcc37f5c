/**
 * Replay: samples that training has seen, made again, and augmentations with
 * explicit parameters.
 *
 * @module
 */
export {
  applyAugmentations,
  type ApplyRequest,
  readRegion,
  readSource,
} from "./apply_augmentation.ts";
export type { SampleChoice } from "./choose_samples.ts";
export type { ReplayedSample } from "./made_sample.ts";
export { type ReplayRequest, replayRun } from "./replay_run.ts";
export type { Application } from "./steps.ts";
