import type { Zyx } from "@/core/mod.ts";
import type { Numbers } from "./numbers.ts";

/** What is known of an array before its numbers. */
export interface ArrayPlan {
  /** Extent in voxels. */
  readonly shapeVox: Zyx;
  /** The attribute `resolution`: extent of a voxel in nanometres, z y x. */
  readonly resolutionNm?: Zyx;
  /** The attribute `offset`: place of the first voxel in nanometres, z y x. */
  readonly offsetNm?: Zyx;
  /** Further attributes, each one text or number. */
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** Sections of a chunk; those that are appended at a time suit. */
  readonly chunkSections?: number;
}

/** A file or folder of arrays that appears under its name whole, or never. */
export interface VolumeWriter extends Disposable {
  /** The path it will have. */
  readonly path: string;
  /**
   * Begins an array; the function returned appends whole sections to it, in
   * order, and gives back how many are still missing. The first sections decide
   * the type of its numbers.
   */
  dataset(name: string, plan: ArrayPlan): (sections: Numbers) => number;
  /** Puts it in place; every array must be complete. */
  commit(): void;
}
