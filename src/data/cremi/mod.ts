/**
 * The volumes of the CREMI challenge: fetching, reading, writing, checking.
 *
 * @module
 */
export {
  type AnnotatedPoint,
  type Annotations,
  type PartnerIds,
  type PointComment,
  readAnnotations,
  writeAnnotations,
} from "./annotations.ts";
export {
  checkCremi,
  type CheckCremiRequest,
  type CheckedCremi,
  type CremiFault,
} from "./check/check_cremi.ts";
export type { CremiForm } from "./check/_inspection.ts";
export type {
  FoundClefts,
  FoundLabels,
  FoundNeurons,
} from "./check/_labels.ts";
export type { FoundAnnotations } from "./check/_points.ts";
export type { FoundRaw } from "./check/_raw.ts";
export { cleftsName, rawName } from "./layout.ts";
export {
  type CremiFile,
  cremiFileName,
  type CremiSample,
  cremiSamples,
  fetchCremi,
  type FetchCremiOptions,
} from "./fetch_cremi.ts";
export { type Neurons, neuronsOf } from "./neurons.ts";
export {
  farPairNm,
  type PartnerSites,
  partnerSites,
  placeNm,
} from "./partners.ts";
export {
  type CremiLayout,
  type OpenCremi,
  openCremi,
  type PlacedDataset,
} from "./read_layout.ts";
export { writeClefts } from "./write_clefts.ts";
export { siteTypes } from "./layout.ts";
export {
  type CremiContent,
  type CremiVolume,
  writeCremi,
} from "./write_cremi.ts";
