import { join } from "node:path";
import {
  type ArrayOptions,
  chunksOf,
  copyChunk,
  FolderArray,
  placesIn,
  type VoxelArray,
  type WaitedThread,
} from "../voxels/mod.ts";
import type { N5Form, N5Node } from "./_attributes.ts";
import { canUnpack, readBlock } from "./_block.ts";

/** Opens an array of N5; `files` are those below its folder. */
export function n5Array(
  { name, folder, attributes: all, array }: N5Node,
  { files, xz, ...place }: {
    readonly xz: WaitedThread<Uint8Array>;
    readonly root: string;
    readonly where: string;
    readonly options: ArrayOptions;
    readonly files: readonly string[];
  },
): VoxelArray {
  const form = array!, { shape, blockShape, kind, compression } = form;
  const { dataType: _, compressionType: __, ...attributes } = all;
  const fileAt = (place: readonly number[]) =>
    join(folder, ...place.toReversed().map(String));
  const isUnpacked = canUnpack(compression.type);
  return new FolderArray({
    ...place,
    ...{ name, attributes, shape },
    kind: isUnpacked ? kind : undefined,
    type: isUnpacked
      ? form.type
      : `packed by "${compression.type}" in place of gzip, zstd, lz4, blosc, bzip2 or xz`,
    fix: isUnpacked ? "Convert them to uint8" : "Write it again packed by gzip",
    chunkShape: blockShape,
    fileShape: blockShape,
    fileAt,
    describedBy: [join(folder, "attributes.json")],
    fill: 0,
    chunksAt: files.flatMap((file) => {
      const parts = file.split("/");
      return parts.length === shape.length &&
          parts.every((part) => /^\d+$/.test(part))
        ? [parts.map(Number).reverse()]
        : [];
    }),
    axes: axesIn(attributes),
    places: () => placesIn(attributes, "xyz"),
    readPiece(box) {
      const size = box.shape.reduce((n, extent) => n * extent, box.bytes);
      const result = new Uint8Array(size);
      for (const place of chunksOf(blockShape, box)) {
        const file = bytesAt(fileAt(place));
        if (!file) continue;
        const block = readBlock(file, { ...form, kind: kind!, xz });
        checkCovers(block.shape, place, form);
        copyChunk({
          data: block.bytes,
          shape: block.shape,
          stride: block.shape.map((_, axis) =>
            block.shape.slice(axis + 1).reduce((n, extent) => n * extent, 1)
          ),
          start: place.map((at, axis) => at * blockShape[axis]!),
        }, { ...box, result: result.buffer });
      }
      return result;
    },
  });
}

/** Names of the axes, z first, where they are said. */
function axesIn(
  attributes: Readonly<Record<string, unknown>>,
): readonly string[] | undefined {
  const axes = attributes["axes"];
  return Array.isArray(axes) && axes.every((name) => typeof name === "string")
    ? axes.toReversed()
    : undefined;
}

/** Fails for a block that leaves voxels out. */
function checkCovers(
  found: readonly number[],
  place: readonly number[],
  { shape, blockShape }: N5Form,
): void {
  const wanted = place.map((at, axis) =>
    Math.min(blockShape[axis]!, shape[axis]! - at * blockShape[axis]!)
  );
  if (wanted.every((extent, axis) => found[axis]! >= extent)) return;
  throw new Error(
    `a block is ${found.join(" × ")} where ${wanted.join(" × ")} should be`,
  );
}

function bytesAt(path: string): Uint8Array | undefined {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
