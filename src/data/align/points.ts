import type { AlignedFrame, Yx } from "@/align/mod.ts";
import {
  ExperimentError,
  inverseOf,
  mapped,
  mapZyx,
  type Zyx,
} from "@/core/mod.ts";
import { readLocations } from "../cremi/_columns.ts";
import { locationsName } from "../cremi/layout.ts";
import type { Hdf5File, Hdf5Table } from "../hdf5/mod.ts";
import type { Crack } from "./crack.ts";

/** A volume with points in it. */
export interface PointFrame {
  readonly frame: AlignedFrame;
  /** Extent of a voxel, in nanometres. */
  readonly voxelNm: Zyx;
  /** Place of the first voxel of the volume that is aligned. */
  readonly offsetNm: Zyx;
  /** Torn sections that are put together: points go with their parts. */
  readonly cracks: readonly Crack[];
  /** Where the points are, for errors. */
  readonly where: string;
  /** Into the aligned volume, or back. */
  readonly direction: "forward" | "reverse";
}

/** Rounding moves a point by less than this part of a voxel. */
const tolerance = 1e-6;

/**
 * Points in nanometres as the aligned volume has them, or as its source has
 * them: each goes with its section.
 *
 * @throws {ExperimentError} If they are no points, or one is outside.
 */
export function movedPoints(
  file: Hdf5File,
  { frame, voxelNm, offsetNm, cracks, where, direction }: PointFrame,
): Hdf5Table {
  const { table, offsetNm: ownNm } = readLocations(file, where);
  const { values } = table;
  // What the group says is counted from here; the file has points within it.
  const start = mapZyx((a) => offsetNm[a] - ownNm[a]);
  const moved = values.slice();
  for (let i = 0; i < values.length; i += 3) {
    const nm: Zyx = [values[i]!, values[i + 1]!, values[i + 2]!];
    const at = mapZyx((a) => (nm[a] - start[a]) / voxelNm[a]);
    const section = Math.floor(at[0] + tolerance) - frame.firstSection;
    const corner = frame.corners[section];
    const mayBe = direction === "reverse" || isInside(at, frame);
    if (!corner || !mayBe) throw refusePoint(i / 3, nm);
    const byVox = wayOf([at[1], at[2]], {
      crack: cracks.find((one) => one.section === section),
      ...{ corner, origin: frame.origin, direction },
    });
    if (!byVox) throw refuseTorn(i / 3, section);
    moved[i + 1] = nm[1] + byVox[0] * voxelNm[1];
    moved[i + 2] = nm[2] + byVox[1] * voxelNm[2];
  }
  return { ...table, values: moved };

  function refuseTorn(index: number, section: number): ExperimentError {
    return new ExperimentError(
      `Cannot move point ${index} of "${locationsName}": it lies in the crack ` +
        `of section ${frame.firstSection + section}`,
      { where, fix: "Remove it, or correct it" },
    );
  }

  function refusePoint(index: number, nm: Zyx): ExperimentError {
    const last = frame.firstSection + frame.corners.length;
    return new ExperimentError(
      `Cannot move point ${index} of "${locationsName}" at ${nm.join(", ")} ` +
        `nm: it lies outside of sections ${frame.firstSection} to ${last} of ` +
        `${frame.sourceVox.join(" × ")} voxels`,
      {
        where,
        fix: "Remove it, correct it, or keep the section it lies in",
      },
    );
  }
}

/**
 * How far a point goes, in voxels: with its section, and with its part where the
 * section is torn; null in the crack, or where nothing but what was filled is.
 */
function wayOf(
  [y, x]: Yx,
  { crack, corner, origin, direction }: {
    readonly crack: Crack | undefined;
    readonly corner: Yx;
    readonly origin: Yx;
    readonly direction: PointFrame["direction"];
  },
): Yx | null {
  const isForward = direction === "forward";
  const shift: Yx = [origin[0] - corner[0], origin[1] - corner[1]];
  if (!crack) return isForward ? shift : [-shift[0], -shift[1]];
  const from = isForward ? corner : origin;
  const place: Yx = [y - from[0], x - from[1]]; // in the aligned section
  for (const part of [1, 2] as const) {
    const map = crack.maps[part - 1]!;
    const torn = isForward ? place : mapped(inverseOf(map), place);
    if (partAt(crack, torn) !== part) continue;
    const to = isForward ? mapped(map, place) : torn;
    const onto = isForward ? origin : corner;
    return [to[0] + onto[0] - y, to[1] + onto[1] - x];
  }
  return null;
}

function partAt({ parts, shapeVox: [height, width] }: Crack, [y, x]: Yx) {
  const row = Math.floor(y + tolerance), column = Math.floor(x + tolerance);
  const isIn = row >= 0 && row < height && column >= 0 && column < width;
  return isIn ? parts[row * width + column] : undefined;
}

function isInside(at: Zyx, { sourceVox }: AlignedFrame): boolean {
  return at.every((place, axis) =>
    place > -tolerance && place < sourceVox[axis]! + tolerance
  );
}
