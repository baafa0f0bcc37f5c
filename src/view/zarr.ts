import type { Zyx } from "@/core/mod.ts";
import { chunkVox, type Layer, levelsOf, readChunk } from "./layer.ts";

/**
 * A file of a layer as OME-Zarr 0.4 has it, chunks uncompressed; null if it has
 * no such file.
 *
 * @param path Within the layer: `.zattrs`, `0/.zarray`, `0/3/0/1`.
 * @see https://ngff.openmicroscopy.org/0.4/
 */
export function zarrFile(
  layer: Layer,
  path: string,
): Uint8Array | string | null {
  if (path === ".zgroup") return JSON.stringify({ zarr_format: 2 });
  if (path === ".zattrs") return JSON.stringify(attributesOf(layer));
  const array = /^(\d+)\/\.zarray$/.exec(path);
  if (array) return arrayOf(layer, Number(array[1]));
  const chunk = /^(\d+)\/(\d+)\/(\d+)\/(\d+)$/.exec(path);
  if (!chunk) return null;
  const [level, ...index] = chunk.slice(1).map(Number);
  const voxels = readChunk(layer, {
    level: level!,
    index: index as unknown as Zyx,
  });
  return voxels &&
    new Uint8Array(voxels.buffer, voxels.byteOffset, voxels.byteLength);
}

function arrayOf(layer: Layer, level: number): string | null {
  const shape = levelsOf(layer)[level];
  return shape === undefined ? null : JSON.stringify({
    zarr_format: 2,
    shape,
    chunks: chunkVox,
    dtype: layer.kind === "probability" ? "<f4" : "|u1",
    compressor: null,
    fill_value: 0,
    order: "C",
    filters: null,
    dimension_separator: "/",
  });
}

/** Places are those of the middles of voxels, so that coarser levels begin later. */
function attributesOf(layer: Layer) {
  const { name, voxelNm: [dz, dy, dx], offsetNm: [z, y, x] } = layer;
  const datasets = levelsOf(layer).map((_, level) => {
    const factor = 2 ** level;
    const late = (factor - 1) / 2;
    return {
      path: `${level}`,
      coordinateTransformations: [
        { type: "scale", scale: [dz, dy * factor, dx * factor] },
        { type: "translation", translation: [z, y + late * dy, x + late * dx] },
      ],
    };
  });
  const axes = ["z", "y", "x"].map((axis) => ({
    name: axis,
    type: "space",
    unit: "nanometer",
  }));
  return { multiscales: [{ version: "0.4", name, axes, datasets }] };
}
