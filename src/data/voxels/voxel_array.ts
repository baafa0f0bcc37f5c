import type { Box, Zyx } from "@/core/mod.ts";
import type { NumberKind, Numbers } from "./numbers.ts";

/** An array of three axes, z y x, in a file of any form, read box by box. */
export interface VoxelArray {
  /** Its path within the file. */
  readonly name: string;
  /** Extent in voxels. */
  readonly shapeVox: Zyx;
  /** How its numbers are stored. */
  readonly kind: NumberKind;
  /** Extent of a voxel in nanometres, z y x, where the file says it. */
  readonly resolutionNm: Zyx | undefined;
  /** The attribute that says it. */
  readonly resolutionFrom: string | undefined;
  /** Place of the first voxel in nanometres, z y x, where the file says it. */
  readonly offsetNm: Zyx | undefined;
  /** What a reader should know of the way it is read. */
  readonly notes: readonly string[];
  /**
   * Reads a box, `[D, H, W]`; the array is new and the caller's. Numbers of 16
   * bits with a point become such of 32, `bool` becomes 0 and 1.
   *
   * @throws {ExperimentError} If the data are damaged.
   * @throws {RangeError} If the box is not inside the array.
   */
  read(box: Box): Numbers;
  /** The files that a box is read from, and those that are not there but could be. */
  filesIn(box: Box): readonly string[];
  /** The names of its attributes. */
  readonly attributeNames: readonly string[];
  /** An attribute that is one text or number; undefined if there is none. */
  attribute(name: string): string | number | undefined;
}
