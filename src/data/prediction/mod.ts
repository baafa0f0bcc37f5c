/**
 * Predictions in files of any form.
 *
 * @module
 */
export {
  type OpenPrediction,
  openPrediction,
  type PredictionFile,
  type PredictionHead,
  type PredictionOptions,
  type ProbabilitySlab,
  readPrediction,
  writePrediction,
} from "./prediction.ts";
export { checkOfClefts, notesIn, type PredictionOrigin } from "./origin.ts";
