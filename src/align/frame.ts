import { type Box, ExperimentError, type Zyx } from "@/core/mod.ts";
import { type HalfRounding, roundHalf, type Yx } from "./shifts.ts";

/** From what an aligned volume is cut, and how much of it. */
export interface FrameOptions {
  /** Extent of the volume that is aligned. */
  readonly sourceVox: Zyx;
  /**
   * The part of it that the result holds whole, such as what is labelled; its y
   * and x alone count.
   */
  readonly block: Box;
  /** The first section of the volume that the places are of. */
  readonly firstSection: number;
  /** Where each section is read, in voxels from where it lies. */
  readonly places: readonly Yx[];
  /** What is kept around the block beyond what the shifts need. */
  readonly marginVox: Yx;
  /** What becomes of a place in the middle between two voxels. */
  readonly rounding: HalfRounding;
  /** Where it is asked for, for errors. */
  readonly where: string;
}

/**
 * Where the sections of an aligned volume are read in the one it comes from.
 * Every section is moved by whole voxels, so that nothing is made up and the way
 * back is exact (techniques A8.2, A8.5).
 */
export interface AlignedFrame {
  /** Extent of the volume that is aligned. */
  readonly sourceVox: Zyx;
  /** Extent of the aligned volume. */
  readonly shapeVox: Zyx;
  /** The first section of the source that is in it. */
  readonly firstSection: number;
  /**
   * For each section of the aligned volume, the voxel of the source at its
   * corner; it may lie outside.
   */
  readonly corners: readonly Yx[];
  /** The voxel of the source at the corner of a section that is not moved. */
  readonly origin: Yx;
}

/**
 * Lays an aligned volume around a block, large enough to hold the block of every
 * section (techniques A8.1 to A8.3): before it by the greatest place, after it
 * by the least, rounded up, and the margin on both sides.
 *
 * @throws {ExperimentError} If the places are of sections that are not there.
 */
export function alignedFrame(options: FrameOptions): AlignedFrame {
  const { sourceVox, firstSection, places, rounding } = options;
  if (firstSection < 0 || firstSection + places.length > sourceVox[0]) {
    throw new ExperimentError(
      `Cannot align ${places.length} sections from section ${firstSection} ` +
        `on: the volume has ${sourceVox[0]}`,
      {
        where: options.where,
        fix: "Give a line for each section, and the first section they are of",
      },
    );
  }
  const y = layAlong(0, options), x = layAlong(1, options);
  return {
    sourceVox,
    shapeVox: [places.length, y.extent, x.extent],
    firstSection,
    corners: places.map((place): Yx => [
      y.origin + roundHalf(place[0], rounding),
      x.origin + roundHalf(place[1], rounding),
    ]),
    origin: [y.origin, x.origin],
  };
}

function layAlong(
  axis: 0 | 1,
  { block, places, marginVox }: FrameOptions,
): { readonly origin: number; readonly extent: number } {
  const along = places.map((place) => place[axis]);
  const before = Math.ceil(Math.max(...along)) + marginVox[axis];
  const after = Math.ceil(-Math.min(...along)) + marginVox[axis];
  const inVolume = axis === 0 ? 1 : 2;
  return {
    origin: block.startVox[inVolume] - before,
    extent: before + block.shapeVox[inVolume] + after,
  };
}
