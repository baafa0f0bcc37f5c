/**
 * Losses: what training minimises.
 *
 * @module
 */
export type { Loss, LossInput } from "./_loss.ts";
export * from "./catalog.ts";
export * from "./coarsen.ts";
export * from "./in_region.ts";
export * from "./mix.ts";
export type { WeightCourse } from "./weight.ts";
