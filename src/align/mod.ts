/**
 * Alignment of serial sections and the way back, without loss.
 *
 * @module
 */
export * from "./crack/mod.ts";
export * from "./estimate/mod.ts";
export * from "./frame.ts";
export * from "./plane.ts";
export * from "./shifts.ts";
export * from "./volume.ts";
