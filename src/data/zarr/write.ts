import { zstdCompressSync } from "node:zlib";
import type { Zyx } from "@/core/mod.ts";
import {
  bytesOfNumbers,
  cutBlock,
  type FolderForm,
  FolderWriter,
  type Layer,
  type NewArray,
  type Numbers,
  type VolumeWriter,
} from "../voxels/mod.ts";
import { crc32c } from "./_crc32c.ts";

/** Chunks of a shard along y and x: a file holds up to 64. */
const chunksAside = 8;

/** The level of an image that is the array itself. */
const level = "s0";

/**
 * Begins a folder of Zarr 3 beside `path`: each array in shards of chunks packed
 * by Zstandard; one whose place is known is an image of OME-Zarr 0.5, with
 * `resolution` and `offset` in nm beside it.
 *
 * @throws {ExperimentError} If it cannot be written.
 */
export function createZarr(path: string): VolumeWriter {
  return new FolderWriter(path, form);
}

const form: FolderForm = {
  mostVox: [8, 128, 128],
  begin(array) {
    const { name, shapeVox: [, height, width], chunkVox: chunk } = array;
    const shard: Zyx = [
      chunk[0],
      chunk[1] * Math.min(chunksAside, Math.ceil(height / chunk[1])),
      chunk[2] * Math.min(chunksAside, Math.ceil(width / chunk[2])),
    ];
    writeGroups(array);
    const folder = array.resolutionNm ? `${name}/${level}` : name;
    array.describe(`${folder}/zarr.json`, metaOf(array, shard));
    return (layer) => writeShards(array, layer, { folder, shard });
  },
};

/** Describes the groups above an array, the last as an image. */
function writeGroups(
  { name, resolutionNm, offsetNm, describe }: NewArray,
): void {
  const parts = name.split("/"), groups = parts.length + (resolutionNm ? 1 : 0);
  for (let count = 0; count < groups; count++) {
    const isImage = count === parts.length && resolutionNm;
    const folder = parts.slice(0, count).join("/");
    describe(folder === "" ? "zarr.json" : `${folder}/zarr.json`, {
      zarr_format: 3,
      node_type: "group",
      attributes: isImage
        ? { ome: imageOf(name, resolutionNm, offsetNm ?? [0, 0, 0]) }
        : {},
    });
  }
}

function imageOf(name: string, scale: Zyx, translation: Zyx) {
  return {
    version: "0.5",
    multiscales: [{
      name,
      axes: ["z", "y", "x"].map((axis) => ({
        name: axis,
        type: "space",
        unit: "nanometer",
      })),
      datasets: [{
        path: level,
        coordinateTransformations: [
          { type: "scale", scale },
          { type: "translation", translation },
        ],
      }],
    }],
  };
}

function metaOf(
  { shapeVox, chunkVox, type, resolutionNm, offsetNm, attributes }: NewArray,
  shard: Zyx,
) {
  const plain = { name: "bytes", configuration: { endian: "little" } };
  return {
    zarr_format: 3,
    node_type: "array",
    shape: shapeVox,
    data_type: type,
    chunk_grid: { name: "regular", configuration: { chunk_shape: shard } },
    chunk_key_encoding: {
      name: "default",
      configuration: { separator: "/" },
    },
    fill_value: 0,
    codecs: [{
      name: "sharding_indexed",
      configuration: {
        chunk_shape: chunkVox,
        codecs: [
          plain,
          { name: "zstd", configuration: { level: 3, checksum: false } },
          { name: "crc32c" },
        ],
        index_codecs: [plain, { name: "crc32c" }],
        index_location: "end",
      },
    }],
    dimension_names: ["z", "y", "x"],
    attributes: {
      ...(resolutionNm && { resolution: resolutionNm }),
      ...(offsetNm && { offset: offsetNm }),
      ...attributes,
    },
  };
}

/** Writes the shards of a layer, each with its chunks one after the other. */
function writeShards(
  { shapeVox: [, height, width], chunkVox: chunk, write }: NewArray,
  layer: Layer,
  { folder, shard }: { readonly folder: string; readonly shard: Zyx },
): void {
  const k = layer.startZ / shard[0];
  for (let y = 0; y < height; y += shard[1]) {
    for (let x = 0; x < width; x += shard[2]) {
      const chunks: (Uint8Array | null)[] = [];
      for (let j = y; j < y + shard[1]; j += chunk[1]) {
        for (let i = x; i < x + shard[2]; i += chunk[2]) {
          const isOutside = j >= height || i >= width;
          chunks.push(
            isOutside
              ? null
              : packed(cutBlock(layer, { y: j, x: i, shapeVox: chunk })),
          );
        }
      }
      write(
        `${folder}/c/${k}/${y / shard[1]}/${x / shard[2]}`,
        shardOf(chunks),
      );
    }
  }
}

/**
 * A chunk in a single frame of Zstandard: Deno ends what it packs in several
 * pieces by an empty frame, which other readers take for damage.
 */
function packed(numbers: Numbers): Uint8Array {
  const bytes = bytesOfNumbers(numbers);
  const chunkSize = 2 * bytes.length + 1024; // more than it can come to
  return withCrc32c(zstdCompressSync(bytes, { chunkSize }));
}

/** Chunks, then the place and the length of each, both 2^64 - 1 for none. */
function shardOf(chunks: readonly (Uint8Array | null)[]): Uint8Array {
  const index = new DataView(new ArrayBuffer(16 * chunks.length));
  let at = 0;
  chunks.forEach((chunk, i) => {
    index.setBigUint64(16 * i, chunk ? BigInt(at) : 2n ** 64n - 1n, true);
    const length = chunk ? BigInt(chunk.length) : 2n ** 64n - 1n;
    index.setBigUint64(16 * i + 8, length, true);
    at += chunk?.length ?? 0;
  });
  const end = withCrc32c(new Uint8Array(index.buffer));
  const shard = new Uint8Array(at + end.length);
  at = 0;
  for (const part of [...chunks, end]) {
    if (!part) continue;
    shard.set(part, at);
    at += part.length;
  }
  return shard;
}

function withCrc32c(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length + 4);
  result.set(bytes);
  new DataView(result.buffer).setUint32(bytes.length, crc32c(bytes), true);
  return result;
}
