/**
 * The live page of a results folder: served on this machine alone, it follows
 * runs while they train.
 *
 * @module
 */
export type { UiOptions } from "./place.ts";
export { type ServedUi, serveUi } from "./serve.ts";
