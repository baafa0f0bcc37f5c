/**
 * The volumes of the CREMI challenge.
 *
 * @module
 */
export {
  type CremiFile,
  cremiFileName,
  type CremiSample,
  cremiSamples,
  fetchCremi,
  type FetchCremiOptions,
} from "./fetch_cremi.ts";
