/**
 * Estimates the shifts between the sections of a volume.
 *
 * @module
 */
export * from "./estimate_places.ts";
export * from "./match_blocks.ts";
export * from "./phase_correlation.ts";
