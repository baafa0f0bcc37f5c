/**
 * From files to batches: sources, samplers, augmentations and targets.
 *
 * @module
 */
export {};
