/**
 * Experiments: from a file to a Spec, from a Spec to a Plan, from a Plan to
 * records.
 *
 * @module
 */
export * from "./spec/mod.ts";
export * from "./plan/mod.ts";
export * from "./matrix/mod.ts";
export * from "./search/mod.ts";
export * from "./schema/mod.ts";
export * from "./queue/mod.ts";
export * from "./export/mod.ts";
export * from "./foreign/mod.ts";
export * from "./run/mod.ts";
export * from "./partners/mod.ts";
export * from "./replay/mod.ts";
export * from "./preview/mod.ts";
export { type Examination, examine, withoutVolumes } from "./run/examine.ts";
export { submitAtEnd } from "./submission/at_end.ts";
export { checkSubmission } from "./submission/check.ts";
export { accepted, type Judgement } from "./run/judgement.ts";
export type { InitialPlace } from "./run/initial_source.ts";
export { openVolumes, type Region, type Volumes } from "./run/volumes.ts";
