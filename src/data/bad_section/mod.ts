/**
 * Sections that are missing, faint or folded, and what is seen in their place.
 *
 * @module
 */
export { type BadSection, detectBadSections } from "./detect.ts";
export { findBadSections } from "./find.ts";
export { mended } from "./mended.ts";
export { badSectionOptions, type BadSections } from "./options.ts";
