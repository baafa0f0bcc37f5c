import { type Grid, mapZyx, type Zyx } from "@/core/mod.ts";

/** Where a grid begins, counted in voxels of another. */
export interface GridPlace {
  /** As it follows from their offsets. */
  readonly exactVox: Zyx;
  /** The nearest voxel. */
  readonly startVox: Zyx;
  /** Whether that is the place, and not one between two voxels. */
  readonly isOnVoxel: boolean;
}

/** Rounding moves offsets by less than this part of a voxel. */
const tolerance = 0.01;

/** The first voxel of a grid in voxels of another, which has voxels as large. */
export function placeOf(
  { offsetNm }: Pick<Grid, "offsetNm">,
  other: Pick<Grid, "offsetNm" | "voxelNm">,
): GridPlace {
  const exactVox = mapZyx((axis) =>
    (offsetNm[axis] - other.offsetNm[axis]) / other.voxelNm[axis]
  );
  const startVox = mapZyx((axis) => Math.round(exactVox[axis]));
  const isOnVoxel = exactVox.every((place, axis) =>
    Math.abs(place - startVox[axis]!) < tolerance
  );
  return { exactVox, startVox, isOnVoxel };
}
