import type { VoxelArray } from "./voxel_array.ts";

/** A file or a folder that holds arrays of voxels, open for reading. */
export interface VoxelContainer extends Disposable {
  /** Its absolute path. */
  readonly path: string;
  /** The paths of the arrays in it. */
  readonly names: readonly string[];
  /** Whether it has something of that name. */
  has(name: string): boolean;
  /**
   * An array of three axes, or the finest level of a pyramid.
   *
   * @throws {ExperimentError} If there is none of that name, it is not three
   * axes of numbers, not all of them are there, or it says its place in a form
   * that is not read.
   */
  dataset(name: string, options?: ArrayOptions): VoxelArray;
  /** The files that hold an array and what is said of it, to be hashed. */
  filesOf(name: string): readonly string[];
}

/** How an array is opened. */
export interface ArrayOptions {
  /** Whether a resolution was given, so that the file's may be wrong. */
  readonly hasResolution?: boolean;
}
