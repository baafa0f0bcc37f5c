import { ExperimentError, type Grid, mapZyx, type Zyx } from "@/core/mod.ts";
import type { Numbers } from "../hdf5/mod.ts";
import { placeOf } from "../volume/place.ts";
import { neuronIdsName } from "./layout.ts";
import type { CremiLayout, PlacedDataset } from "./read_layout.ts";

/** The neurons of a volume, each by a small number from 1 in place of its id. */
export interface Neurons {
  /** Where they are known. */
  readonly grid: Grid;
  /**
   * The neurons of each section of a grid, `[H, W]`; 0 where there is none, or
   * nothing is known of it.
   *
   * @throws {ExperimentError} If its voxels are no voxels of theirs, or it lies
   * elsewhere.
   */
  sectionsOf(grid: Grid, where: string): (z: number) => Uint32Array;
  /**
   * The neuron at a place in nanometres; 0 is none.
   *
   * @throws {ExperimentError} If nothing is known of that place.
   */
  at(
    placeNm: Zyx,
    point: { readonly name: string; readonly where: string },
  ): number;
}

/** Ids from here on mark voxels that are of no neuron. */
const marks = 2n ** 64n - 3n;

const resolutionTolerance = 1e-3;

/**
 * The neurons of a file in the layout of the challenge.
 *
 * @throws {ExperimentError} If it has no neuron ids, or they are no whole numbers.
 */
export function neuronsOf(
  { neuronIds }: Pick<CremiLayout, "neuronIds">,
  where: string,
): Neurons {
  if (neuronIds) return neuronsIn(neuronIds, where);
  throw new ExperimentError(
    `Cannot tell neurons apart: there is no "${neuronIdsName}"`,
    { where, fix: "Name a file with neuron ids, or add them to this one" },
  );
}

/**
 * The neurons of an array of ids.
 *
 * @throws {ExperimentError} If they are no whole numbers.
 */
export function neuronsIn(
  { dataset, grid }: Pick<PlacedDataset, "dataset" | "grid">,
  where: string,
): Neurons {
  if (dataset.kind.startsWith("f")) {
    throw new ExperimentError(
      `Cannot tell neurons apart: "${dataset.name}" holds ${dataset.kind}`,
      { where, fix: "Write ids as whole numbers, such as u64" },
    );
  }
  const numbers = new Map<number | bigint, number>();
  const numbered = (ids: Numbers): Uint32Array => {
    const result = new Uint32Array(ids.length);
    let last: number | bigint = 0, number = 0; // ids come in runs
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      if (id !== last) {
        last = id;
        number = id <= 0 || id >= marks ? 0 : numbers.get(id) ?? add(id);
      }
      result[i] = number;
    }
    return result;
  };
  const add = (id: number | bigint): number => {
    numbers.set(id, numbers.size + 1);
    return numbers.size;
  };
  return {
    grid,
    sectionsOf(of, ofWhere) {
      const { exactVox, startVox, isOnVoxel } = placeOf(grid, of);
      const isAlike = of.voxelNm.every((nm, a) =>
        Math.abs(nm / grid.voxelNm[a]! - 1) < resolutionTolerance
      );
      // What both share, in voxels of the grid that is asked for.
      const from = mapZyx((a) => Math.max(0, startVox[a]));
      const end = mapZyx((a) =>
        Math.min(of.shapeVox[a], startVox[a] + grid.shapeVox[a])
      );
      if (!isAlike || !isOnVoxel || from.some((v, a) => v >= end[a]!)) {
        throw new ExperimentError(
          `Cannot use these neuron ids: they are ${gridText(grid)}, the ` +
            `prediction ${gridText(of)}` +
            (isAlike && !isOnVoxel
              ? `, from voxel ${exactVox.map((v) => v.toFixed(2)).join(", ")}`
              : ""),
          {
            where: `${ofWhere} and ${where}`,
            fix: "Name the volume that was predicted, or correct the offset " +
              "and resolution of one of them",
          },
        );
      }
      const [, height, width] = of.shapeVox;
      const rows = end[1] - from[1], columns = end[2] - from[2];
      return (z) => {
        const result = new Uint32Array(height * width);
        if (z < from[0] || z >= end[0]) return result;
        const part = numbered(dataset.read({
          startVox: [
            z - startVox[0],
            from[1] - startVox[1],
            from[2] - startVox[2],
          ],
          shapeVox: [1, rows, columns],
        }));
        for (let y = 0; y < rows; y++) {
          result.set(
            part.subarray(y * columns, (y + 1) * columns),
            (from[1] + y) * width + from[2],
          );
        }
        return result;
      };
    },
    at(placeNm, point) {
      const startVox = mapZyx((a) =>
        Math.floor((placeNm[a] - grid.offsetNm[a]) / grid.voxelNm[a] + 1e-6)
      );
      if (startVox.some((v, a) => v < 0 || v >= grid.shapeVox[a]!)) {
        throw new ExperimentError(
          `Cannot tell in which neuron ${point.name} lies: ${
            placeNm.join(", ")
          } nm is outside of ${gridText(grid)}`,
          {
            where: point.where,
            fix: "Remove the pair, or correct its place or the offset",
          },
        );
      }
      return numbered(dataset.read({ startVox, shapeVox: [1, 1, 1] }))[0]!;
    },
  };
}

function gridText({ shapeVox, voxelNm, offsetNm }: Grid): string {
  return `${shapeVox.join(" × ")} voxels of ${voxelNm.join(" × ")} nm from ` +
    `${offsetNm.join(", ")} nm`;
}
