/**
 * Cracks of a section: its parts, where they belong, what fills the gap, and the
 * way back.
 *
 * @module
 */
export * from "./flow.ts";
export * from "./matrix.ts";
export * from "./parts.ts";
export * from "./register.ts";
export * from "./repair.ts";
