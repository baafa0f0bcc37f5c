/**
 * From files to batches: sources, samplers, augmentations and targets.
 *
 * @module
 */
export * from "./hdf5/mod.ts";
export * from "./source/mod.ts";
export * from "./volume/mod.ts";
