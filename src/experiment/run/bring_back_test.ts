import { deepStrictEqual } from "node:assert/strict";
import { joinChannels, type Volume, type WayBack } from "@/core/mod.ts";
import type { Slab } from "@/infer/mod.ts";
import { bringBack } from "./bring_back.ts";

/** Sections 1 to 5 of 7 are the block; each loses its last voxel on the way. */
function way(copies: readonly (readonly [number, number])[] = []): WayBack {
  return {
    original: {} as Volume,
    block: { startVox: [0, 0, 0], shapeVox: [5, 1, 2] },
    copies: new Map(copies),
    section(z, map) {
      deepStrictEqual(map.length, 3);
      return z < 1 || z > 5 ? null : map.slice(0, 2);
    },
  };
}

async function* slabs(): AsyncGenerator<Slab> {
  let startZ = 0;
  for (const sections of [2, 1, 3, 1]) {
    const probability = Float32Array.from(
      { length: 3 * sections },
      (_, i) => 10 * (startZ + Math.floor(i / 3)) + i % 3,
    );
    yield { startZ, sections, probability };
    startZ += sections;
  }
}

async function all(wayBack: WayBack) {
  const result = [];
  for await (
    const { startZ, sections, probability } of bringBack(slabs(), wayBack)
  ) {
    deepStrictEqual([startZ, sections], [result.length, 1]);
    result.push([...probability]);
  }
  return result;
}

Deno.test("bringBack() leaves context out and keeps the order of sections", async () => {
  deepStrictEqual(
    await all(way()),
    [[10, 11], [20, 21], [30, 31], [40, 41], [50, 51]],
  );
});

Deno.test("bringBack() brings each component of a vector back", async () => {
  async function* vectors(): AsyncGenerator<Slab> {
    for await (const { probability, ...place } of slabs()) {
      const channels = [0, 100, 200].map((more) =>
        probability.map((value) => value + more)
      );
      yield { ...place, probability: joinChannels(channels) };
    }
  }
  const found = [];
  for await (
    const { probability } of bringBack(vectors(), {
      ...way([[1, 0]]),
      quantity: "vector",
    })
  ) found.push([...probability]);
  deepStrictEqual(found.slice(0, 3), [
    [10, 11, 110, 111, 210, 211],
    [10, 11, 110, 111, 210, 211],
    [30, 31, 130, 131, 230, 231],
  ]);
});

Deno.test("bringBack() gives sections what others have, before them or behind", async () => {
  deepStrictEqual(
    await all(way([[1, 0], [2, 4], [3, 1]])),
    [[10, 11], [10, 11], [50, 51], [20, 21], [50, 51]],
  );
  deepStrictEqual(
    await all(way([[0, 4], [4, 2]])),
    [[50, 51], [20, 21], [30, 31], [40, 41], [30, 31]],
  );
});
