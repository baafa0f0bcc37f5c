import {
  ExperimentError,
  type Grid,
  mapZyx,
  type PartnerPlace,
} from "@/core/mod.ts";
import type { Hdf5File } from "../hdf5/mod.ts";
import {
  type AnnotatedPoint,
  type Annotations,
  readAnnotations,
} from "./annotations.ts";
import { locationsName } from "./layout.ts";
import { partnerSites, placeNm } from "./partners.ts";

/** Rounding moves a point by less than this part of a voxel. */
const tolerance = 1e-6;

/**
 * The pairs of a file's table of partners, in voxels of its grey values; those
 * farther apart than `partnersWithinNm` are left out (techniques A9).
 *
 * @throws {ExperimentError} If the table names no point, or a point that it names
 * lies outside.
 */
export function partnerPlaces(
  file: Hdf5File,
  { grid, partnersWithinNm, where }: {
    readonly grid: Grid;
    readonly partnersWithinNm: number;
    readonly where: string;
  },
): readonly PartnerPlace[] {
  const annotations = readAnnotations(file, where);
  if (!annotations) return [];
  const place = (point: AnnotatedPoint) =>
    placeIn(grid, { point, annotations, where });
  return partnerSites(annotations, where)
    .filter(({ distanceNm }) => distanceNm <= partnersWithinNm)
    .map(({ pre, post }) => ({ preVox: place(pre), postVox: place(post) }));
}

function placeIn(
  { shapeVox, voxelNm, offsetNm }: Grid,
  { point, annotations, where }: {
    readonly point: AnnotatedPoint;
    readonly annotations: Annotations;
    readonly where: string;
  },
) {
  const nm = placeNm(point, annotations);
  const corner = mapZyx((axis) => (nm[axis] - offsetNm[axis]) / voxelNm[axis]);
  const isInside = corner.every((at, axis) =>
    at > -tolerance && at < shapeVox[axis]! + tolerance
  );
  if (!isInside) {
    throw new ExperimentError(
      `Cannot use partners: point ${point.id} of "${locationsName}" at ` +
        `${nm.join(", ")} nm lies outside of ${shapeVox.join(" × ")} voxels`,
      { where, fix: "Remove the pair, or correct the place or its offset" },
    );
  }
  return mapZyx((axis) => corner[axis] - 0.5);
}
