import type { AlignedFrame } from "@/align/mod.ts";
import { ExperimentError, mapZyx, type Zyx } from "@/core/mod.ts";
import type { Hdf5File, Hdf5Table } from "../hdf5/mod.ts";

/** Where annotations of the challenge have their points. */
export const locationsName = "annotations/locations";

/** A volume with points in it. */
export interface PointFrame {
  readonly frame: AlignedFrame;
  /** Extent of a voxel, in nanometres. */
  readonly voxelNm: Zyx;
  /** Place of the first voxel of the volume that is aligned. */
  readonly offsetNm: Zyx;
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
  { frame, voxelNm, offsetNm, where, direction }: PointFrame,
): Hdf5Table {
  const table = file.table(locationsName);
  const values = table?.values;
  if (!(values instanceof Float64Array || values instanceof Float32Array)) {
    throw refuseTable("they are no floating-point numbers");
  }
  const { shape } = table!;
  if (values.length > 0 && (shape.length !== 2 || shape[1] !== 3)) {
    throw refuseTable(`they are ${shape.join(" × ")}, not a row of three each`);
  }
  // What the group says is counted from here; the file has points within it.
  const own = file.attributes("annotations")["offset"]?.values;
  const start = mapZyx((a) => offsetNm[a] - Number(own?.[a] ?? 0));
  const moved = values.slice();
  for (let i = 0; i < values.length; i += 3) {
    const nm: Zyx = [values[i]!, values[i + 1]!, values[i + 2]!];
    const at = mapZyx((a) => (nm[a] - start[a]) / voxelNm[a]);
    const section = Math.floor(at[0] + tolerance) - frame.firstSection;
    const corner = frame.corners[section];
    const mayBe = direction === "reverse" || isInside(at, frame);
    if (!corner || !mayBe) throw refusePoint(i / 3, nm);
    for (const axis of [0, 1] as const) {
      const byVox = frame.origin[axis] - corner[axis];
      moved[i + 1 + axis] = nm[axis + 1]! +
        (direction === "forward" ? byVox : -byVox) * voxelNm[axis + 1]!;
    }
  }
  return { ...table!, values: moved };

  function refuseTable(why: string): ExperimentError {
    return new ExperimentError(
      `Cannot move the points "${locationsName}" of "${file.path}": ${why}`,
      { where, fix: "Write a row of z, y and x in nanometres for each point" },
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

function isInside(at: Zyx, { sourceVox }: AlignedFrame): boolean {
  return at.every((place, axis) =>
    place > -tolerance && place < sourceVox[axis]! + tolerance
  );
}
