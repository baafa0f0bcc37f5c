/**
 * Synaptic partners: which neuron talks to which.
 *
 * @module
 */
export * from "./candidates.ts";
export { featureNames, featuresOf } from "./features.ts";
export {
  type Example as PairExample,
  learnPruner,
  withBestThreshold,
} from "./learn_pruner.ts";
export * from "./pruner.ts";
export * from "./score.ts";
