import {
  gaussianFilter,
  keepingLast,
  type Volume,
  type Zyx,
} from "@/core/mod.ts";

/** How sections are compared to tell artifacts. */
export interface Measure {
  /** Sigma of the blur before they are, in voxels: membranes move between them. */
  readonly smoothVox: number;
  /** Difference of grey values where an artifact begins and where it is whole. */
  readonly standOut: readonly [from: number, to: number];
}

/** How much of each voxel of a section is artifact, `[H, W]`, from 0 to 1. */
export type AlphaOf = (section: number) => Float32Array;

/**
 * Compares the sections of a volume of at least two: a voxel is the more artifact
 * the more it is brighter or darker than the same place of both sections next to
 * it; of the first and the last section, than that of the only one.
 */
export function openMeasure(
  volume: Volume,
  { smoothVox, standOut: [from, to] }: Measure,
): AlphaOf {
  const [depth, height, width] = volume.shapeVox;
  const plane: Zyx = [1, height, width];
  const blurred = keepingLast((z) => {
    const { image } = volume.read({ startVox: [z, 0, 0], shapeVox: plane });
    return gaussianFilter(image, plane, [0, smoothVox, smoothVox]);
  }, 3);
  return (z) => {
    const before = blurred(z > 0 ? z - 1 : z + 1), here = blurred(z);
    const after = blurred(z < depth - 1 ? z + 1 : z - 1);
    return here.map((grey, i) => {
      const a = grey - before[i]!, b = grey - after[i]!;
      const difference = a > 0 === b > 0
        ? Math.min(Math.abs(a), Math.abs(b))
        : 0;
      if (difference <= from) return 0;
      return difference >= to ? 1 : (difference - from) / (to - from);
    });
  };
}
