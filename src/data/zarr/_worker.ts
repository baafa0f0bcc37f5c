/// <reference lib="deno.worker" />
import * as zarr from "zarrita";
import { answerInThread, chunksOf, copyChunk } from "../voxels/mod.ts";
import { takeOwnCodecs } from "./_codecs.ts";
import { FolderStore } from "./_folder_store.ts";
import type { ZarrBox } from "./_reader.ts";

takeOwnCodecs();

const opened = new Map<string, Promise<zarr.Array<zarr.DataType>>>();

function open(root: string, name: string): Promise<zarr.Array<zarr.DataType>> {
  const key = JSON.stringify([root, name]);
  const known = opened.get(key);
  if (known) return known;
  const place = zarr.root(new FolderStore(root)).resolve(name);
  const array = zarr.open(place, { kind: "array" });
  opened.set(key, array);
  return array;
}

/** Chunks that are decompressed at a time. */
const atATime = 4;

async function read(
  { root, name, ...box }: ZarrBox,
  result: SharedArrayBuffer,
): Promise<void> {
  const array = await open(root, name);
  const places = chunksOf(array.chunks, box);
  for (let i = 0; i < places.length; i += atATime) {
    await Promise.all(
      places.slice(i, i + atATime).map(async (place) => {
        const chunk = await array.getChunk(place);
        copyChunk(
          {
            data: chunk.data as ArrayBufferView,
            shape: chunk.shape,
            stride: chunk.stride,
            start: place.map((at, axis) => at * array.chunks[axis]!),
          },
          { ...box, result },
        );
      }),
    );
  }
}

answerInThread<ZarrBox>(async (box, result) => {
  try {
    await read(box, result.buffer);
  } catch (error) {
    opened.clear(); // what failed to open may be there at another time
    throw error;
  }
  return result.length;
});
