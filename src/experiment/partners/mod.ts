/**
 * Synaptic partners from predictions: candidates, what prunes them, and scores.
 *
 * @module
 */
export { candidateDefaults, candidatePlanOf } from "./candidate_plan.ts";
export {
  findPartners,
  type FoundPartners,
  type PrunerFile,
  readPruner,
} from "./find_partners.ts";
export {
  type KnownVolume,
  learnPrunerFile,
  type LearntPruner,
} from "./learn_pruner_file.ts";
export { type ScoredPartners, scorePartnerFile } from "./score_partners.ts";
