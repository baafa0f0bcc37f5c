/**
 * From files to batches: sources, samplers, augmentations and targets.
 *
 * @module
 */
export * from "./align/mod.ts";
export * from "./container/mod.ts";
export * from "./cremi/mod.ts";
export * from "./hdf5/mod.ts";
export * from "./import/mod.ts";
export * from "./phantom/mod.ts";
export * from "./prediction/mod.ts";
export * from "./source/mod.ts";
export * from "./volume/mod.ts";
export * from "./augment/mod.ts";
export * from "./sampler/mod.ts";
export * from "./stream/mod.ts";
export * from "./target/mod.ts";
export type {
  ArrayOptions,
  ArrayPlan,
  VolumeWriter,
  VoxelArray,
  VoxelContainer,
} from "./voxels/mod.ts";
