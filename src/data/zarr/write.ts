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

/** The most sections of a chunk, and its rows and columns. */
const chunkVox: Zyx = [8, 128, 128];

/** Chunks of a shard along y and x: a file holds up to 64. */
const chunksAside = 8;

/** Whole sections are gathered up to about this size. */
const layerBytes = 1 << 29;

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
  layerSections: (sectionBytes) =>
    Math.max(1, Math.min(chunkVox[0], Math.floor(layerBytes / sectionBytes))),
  begin(array) {
    const { name, shapeVox, kind } = array;
    const [, height, width] = shapeVox;
    const chunk: Zyx = [
      Math.min(
        form.layerSections(height * width * kind.BYTES_PER_ELEMENT),
        shapeVox[0],
      ),
      Math.min(chunkVox[1], height),
      Math.min(chunkVox[2], width),
    ];
    const shard: Zyx = [
      chunk[0],
      chunk[1] * Math.min(chunksAside, Math.ceil(height / chunk[1])),
      chunk[2] * Math.min(chunksAside, Math.ceil(width / chunk[2])),
    ];
    writeGroups(array);
    const folder = array.resolutionNm ? `${name}/${level}` : name;
    array.write(`${folder}/zarr.json`, arrayText(array, chunk, shard));
    return (layer) => writeShards(array, layer, { folder, chunk, shard });
  },
};

/** Describes the groups above an array, the last as an image. */
function writeGroups({ name, resolutionNm, offsetNm, write }: NewArray): void {
  const parts = name.split("/"), groups = parts.length + (resolutionNm ? 1 : 0);
  for (let count = 0; count < groups; count++) {
    const isImage = count === parts.length && resolutionNm;
    const folder = parts.slice(0, count).join("/");
    write(
      folder === "" ? "zarr.json" : `${folder}/zarr.json`,
      text({
        zarr_format: 3,
        node_type: "group",
        attributes: isImage
          ? { ome: imageOf(name, resolutionNm, offsetNm ?? [0, 0, 0]) }
          : {},
      }),
    );
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

function arrayText(
  { shapeVox, resolutionNm, offsetNm, attributes = {}, kind }: NewArray,
  chunk: Zyx,
  shard: Zyx,
): string {
  const plain = { name: "bytes", configuration: { endian: "little" } };
  return text({
    zarr_format: 3,
    node_type: "array",
    shape: shapeVox,
    data_type: typeOf(kind),
    chunk_grid: { name: "regular", configuration: { chunk_shape: shard } },
    chunk_key_encoding: {
      name: "default",
      configuration: { separator: "/" },
    },
    fill_value: 0,
    codecs: [{
      name: "sharding_indexed",
      configuration: {
        chunk_shape: chunk,
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
  });
}

/** Writes the shards of a layer, each with its chunks one after the other. */
function writeShards(
  { shapeVox: [, height, width], write }: NewArray,
  layer: Layer,
  { folder, chunk, shard }: {
    readonly folder: string;
    readonly chunk: Zyx;
    readonly shard: Zyx;
  },
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

function packed(numbers: Numbers): Uint8Array {
  return withCrc32c(zstdCompressSync(bytesOfNumbers(numbers)));
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

/** Zarr's name of a type of numbers: `float32`, `uint64`, … */
function typeOf(kind: Numbers): string {
  return kind.constructor.name.toLowerCase().replace(/^big|array$/g, "");
}

function text(meta: unknown): string {
  return `${JSON.stringify(meta, null, 2)}\n`;
}
