import {
  type Box,
  ExperimentError,
  type Grid,
  mapZyx,
  type Zyx,
} from "@/core/mod.ts";

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

/** Whether two grids have voxels of one extent, but for rounding. */
export function haveSameVoxels(
  a: Pick<Grid, "voxelNm">,
  b: Pick<Grid, "voxelNm">,
): boolean {
  return a.voxelNm.every((nm, axis) =>
    Math.abs(nm / b.voxelNm[axis]! - 1) < 1e-3
  );
}

/**
 * The voxels of a truth that a prediction covers.
 *
 * @throws {ExperimentError} If it lies outside, or between voxels, or has voxels
 * of another extent.
 */
export function coveredBox(
  prediction: Grid,
  { truth, where }: { readonly truth: Grid; readonly where: string },
): Box {
  const { exactVox, startVox, isOnVoxel } = placeOf(prediction, truth);
  const { shapeVox } = prediction;
  const fits =
    startVox.every((start, axis) =>
      start >= 0 && start + shapeVox[axis]! <= truth.shapeVox[axis]!
    ) && haveSameVoxels(prediction, truth);
  if (fits && isOnVoxel) return { startVox, shapeVox };
  throw fits
    ? new ExperimentError(
      "Cannot match prediction and truth: the prediction begins at voxel " +
        `${exactVox.map((at) => at.toFixed(2)).join(", ")} of the truth, ` +
        "between two voxels",
      { where, fix: `Correct the attribute "offset" of one of them` },
    )
    : new ExperimentError(
      "Cannot match prediction and truth: the prediction covers " +
        `${gridText(prediction)}, the truth ${gridText(truth)}`,
      {
        where,
        fix: "Name the volume that was predicted, or correct the offset and" +
          " resolution in the prediction",
      },
    );
}

function gridText({ shapeVox, voxelNm, offsetNm }: Grid): string {
  return `${shapeVox.join(" × ")} voxels of ${voxelNm.join(" × ")} nm from ` +
    `${offsetNm.join(", ")} nm`;
}
