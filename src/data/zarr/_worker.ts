/// <reference lib="deno.worker" />
import * as zarr from "zarrita";
import { chunksOf, copyChunk } from "../voxels/mod.ts";
import { takeOwnCodecs } from "./_codecs.ts";
import { FolderStore } from "./_folder_store.ts";
import { done, failed, type ZarrRequest } from "./_message.ts";

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
  { root, name, start, shape, bytes, result }: ZarrRequest,
): Promise<void> {
  const array = await open(root, name);
  const places = chunksOf(array.chunks, { start, shape });
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
          { result, bytes, start, shape },
        );
      }),
    );
  }
}

/** What an error and its causes say. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `${error}`;
  return error.cause === undefined
    ? error.message
    : `${error.message}: ${reasonOf(error.cause)}`;
}

self.onmessage = async ({ data }: MessageEvent<ZarrRequest>) => {
  const state = new Int32Array(data.state);
  try {
    await read(data);
    Atomics.store(state, 0, done);
  } catch (error) {
    opened.clear(); // what failed to open may be there at another time
    const text = new TextEncoder().encode(reasonOf(error));
    const room = new Uint8Array(data.reason, 4);
    const part = text.subarray(0, room.length);
    room.set(part);
    new Int32Array(data.reason, 0, 1)[0] = part.length;
    Atomics.store(state, 0, failed);
  }
  Atomics.notify(state, 0);
};
