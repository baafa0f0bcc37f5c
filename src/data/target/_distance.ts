import { distanceTransform, type Sample, type Zyx } from "@/core/mod.ts";

/**
 * Nanometres from each voxel to the nearest one where `isThere` is 1, between
 * centres; 0 there, and `Infinity` where there is none. `[D, H, W]`.
 */
export function distanceTo(
  isThere: Uint8Array,
  { shapeVox, voxelNm }: Pick<Sample, "shapeVox" | "voxelNm">,
): Float64Array {
  return distanceTransform(isThere.map((v) => 1 - v), shapeVox, voxelNm);
}

/**
 * Nanometres from each voxel to the nearest one of which nothing is known: an
 * unlabelled one, or the first beyond the patch. `[D, H, W]`.
 */
export function distanceToUnknown(
  { mask, shapeVox, voxelNm }: Sample,
): Float64Array {
  const nm = mask.every((m) => m === 1)
    ? new Float64Array(mask.length).fill(Infinity)
    : distanceTransform(mask, shapeVox, voxelNm);
  const [across, down, along] = ([0, 1, 2] as const)
    .map((axis) => distancesToEnds(shapeVox[axis], voxelNm[axis]));
  const [depth, height, width] = shapeVox as Zyx;
  for (let z = 0, i = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const ends = Math.min(across![z]!, down![y]!);
      for (let x = 0; x < width; x++, i++) {
        nm[i] = Math.min(nm[i]!, ends, along![x]!);
      }
    }
  }
  return nm;
}

/** From each voxel of a line to the nearer of those just before and just after it. */
function distancesToEnds(length: number, stepNm: number): Float64Array {
  return Float64Array.from(
    { length },
    (_, i) => stepNm * Math.min(i + 1, length - i),
  );
}
