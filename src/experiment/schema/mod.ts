/**
 * What experiments can say, for editors and readers: JSON Schema and reference.
 *
 * @module
 */
export { type Kind, kinds } from "./catalogs.ts";
export { changedDefaults } from "./changed_defaults.ts";
export { experimentSchema } from "./editor.ts";
export type { JsonSchema } from "./json_schema.ts";
export { type ReferencePage, referencePages } from "./reference.ts";
export { shareParts } from "./share_parts.ts";
