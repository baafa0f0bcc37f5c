import * as z from "zod";
import {
  type Box,
  ExperimentError,
  type Grid,
  mapZyx,
  type Zyx,
} from "@/core/mod.ts";

const bounds = z.tuple([z.number(), z.number()]).readonly()
  .refine(
    ([from, to]) => from < to,
    "the first bound must be below the second",
  );
const axes = z.strictObject({
  z: bounds.optional(),
  y: bounds.optional(),
  x: bounds.optional(),
});

/** Bounds by axis, the second one excluded; the whole axis where left out. */
export interface AxisBounds {
  /** Along z. */
  readonly z?: readonly [number, number] | undefined;
  /** Along y. */
  readonly y?: readonly [number, number] | undefined;
  /** Along x. */
  readonly x?: readonly [number, number] | undefined;
}

/** A region of a volume; all of it if nothing is given. */
export interface RegionSpec {
  /** In voxels. */
  readonly regionVox?: AxisBounds | undefined;
  /** In nanometres, the volume's offset included. */
  readonly regionNm?: AxisBounds | undefined;
}

/** The options by which an experiment names a {@linkcode RegionSpec}. */
export const regionOptions: {
  readonly regionVox: z.ZodType<AxisBounds | undefined>;
  readonly regionNm: z.ZodType<AxisBounds | undefined>;
} = {
  regionVox: axes.optional().describe(
    "voxels from (included) to (excluded) along z, y, x; all where left out",
  ),
  regionNm: axes.optional().describe(
    "the same in nanometres, the volume's offset included",
  ),
};

/**
 * The box of voxels a region covers; nanometres go to the nearest voxel border.
 *
 * @throws {ExperimentError} If it is given both ways, lies outside the grid, or
 * holds no voxel.
 */
export function regionBox(
  region: RegionSpec,
  { grid, where }: { readonly grid: Grid; readonly where: string },
): Box {
  const { regionVox, regionNm } = region;
  if (regionVox && regionNm) {
    throw new ExperimentError(
      "Cannot cut a region given by both regionVox and regionNm",
      { where, fix: "Remove one of the two" },
    );
  }
  const from = [0, 0, 0], to = [...grid.shapeVox];
  for (const axis of [0, 1, 2] as const) {
    const letter = (["z", "y", "x"] as const)[axis];
    const given = (regionVox ?? regionNm)?.[letter];
    if (!given) continue;
    const [low, high] = regionVox
      ? given
      : given.map((nm) =>
        Math.round((nm - grid.offsetNm[axis]) / grid.voxelNm[axis])
      ) as [number, number];
    const extent = grid.shapeVox[axis];
    if (
      !(Number.isInteger(low) && Number.isInteger(high) && low >= 0 &&
        low < high && high <= extent)
    ) {
      const key = regionVox ? "regionVox" : "regionNm";
      const unit = regionVox ? "" : " nm";
      throw new ExperimentError(
        `Cannot cut the region ${given[0]} to ${
          given[1]
        }${unit} along ${letter}` +
          (regionVox ? "" : ` (voxels ${low} to ${high})`) +
          `: the volume has ${extent} voxels` +
          (regionVox ? "" : `, ${nmRange(grid, axis)} nm`),
        {
          where: `${where}.${key}.${letter}`,
          fix: regionVox
            ? `Use whole numbers from 0 to ${extent}, the lower one first`
            : `Use bounds within ${
              nmRange(grid, axis)
            } nm, a voxel apart or more`,
        },
      );
    }
    [from[axis], to[axis]] = [low, high];
  }
  return {
    startVox: from as unknown as Zyx,
    shapeVox: mapZyx((axis) => to[axis]! - from[axis]!),
  };
}

function nmRange(grid: Grid, axis: 0 | 1 | 2): string {
  const start = grid.offsetNm[axis];
  const end = start + grid.shapeVox[axis] * grid.voxelNm[axis];
  return `${+start.toFixed(2)} to ${+end.toFixed(2)}`;
}
