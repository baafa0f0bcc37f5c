import assert from "node:assert";
import * as fc from "fast-check";
import { type Box, mapZyx, type Volume, type Zyx } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { type MadeVolume, makeVolume } from "./_testing.ts";
import { cropVolume } from "./crop.ts";
import { openShared, shareVolume } from "./share.ts";
import { sharedRegion } from "./shared_region.ts";

const whole: Zyx = [6, 20, 22];

/** Grey values as of noise, of one tissue or another, at a place in it. */
const tissue =
  (number: number, [z0, y0, x0]: Zyx = [0, 0, 0]) =>
  (z: number, y: number, x: number) => ({
    image: Math.abs(
      Math.sin(
        99 * number + 12.9898 * (z + z0) + 78.233 * (y + y0) + 3.7 * (x + x0),
      ),
    ),
  });

function fileOf(
  data: string,
  made: Omit<Partial<MadeVolume>, "origin"> & { hasOffset?: boolean } = {},
): Volume {
  const { hasOffset = false, ...rest } = made;
  return makeVolume({
    shapeVox: whole,
    voxel: tissue(1),
    ...rest,
    origin: { data, startVox: [0, 0, 0], hasOffset },
  });
}

const rows = (from: number, to: number): Box => ({
  startVox: [0, from, 0],
  shapeVox: [6, to - from, 22],
});

Deno.test("sharedRegion() finds what regions of one dataset share", () => {
  const file = fileOf("a");
  const train = cropVolume(file, rows(0, 12));
  const validation = cropVolume(file, rows(9, 20));
  const shared = sharedRegion(train, validation);
  assert.deepEqual(shared, {
    inFirst: rows(9, 12),
    inSecond: rows(9, 12),
    because: "data",
  });
  assertEquals(sharedRegion(train, cropVolume(file, rows(12, 20))), undefined);
  // Regions of regions, in memory, and with a resolution that was overridden.
  const inner = cropVolume(train, { startVox: [2, 8, 3], shapeVox: [4, 4, 4] });
  const inMemory = openShared(shareVolume(inner));
  const metres = { ...validation, voxelNm: [4e-8, 4e-9, 4e-9] as const };
  assert.deepEqual(sharedRegion(inMemory, metres)?.inFirst, {
    startVox: [2, 9, 3],
    shapeVox: [4, 3, 4],
  });
});

Deno.test("sharedRegion() is the intersection of any two boxes of one dataset", () => {
  const bounds = (extent: number) =>
    fc.tuple(fc.nat(extent - 1), fc.nat(extent - 1))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1] as const);
  const boxes = fc.tuple(bounds(6), bounds(20), bounds(22))
    .map((axes) => ({
      startVox: axes.map(([from]) => from) as unknown as Zyx,
      shapeVox: axes.map(([from, to]) => to - from) as unknown as Zyx,
    }));
  const file = fileOf("a");
  const voxelsOf = ({ startVox: [z0, y0, x0], shapeVox: [d, h, w] }: Box) => {
    const voxels = new Set<number>();
    for (let z = z0; z < z0 + d; z++) {
      for (let y = y0; y < y0 + h; y++) {
        for (let x = x0; x < x0 + w; x++) voxels.add((z * 20 + y) * 22 + x);
      }
    }
    return voxels;
  };
  fc.assert(
    fc.property(boxes, boxes, (a, b) => {
      const shared = sharedRegion(cropVolume(file, a), cropVolume(file, b));
      assert.deepEqual(
        shared ? voxelsOf(shared.inFirst) : new Set(),
        voxelsOf(a).intersection(voxelsOf(b)),
      );
    }),
    { numRuns: 50, seed: 1 },
  );
});

Deno.test("sharedRegion() believes two files that say where they lie", () => {
  const first = fileOf("a", { hasOffset: true });
  const second = fileOf("b", {
    hasOffset: true,
    offsetNm: [160, 40, 0],
    voxel: tissue(1, [4, 10, 0]),
  });
  assert.deepEqual(sharedRegion(first, second), {
    inFirst: { startVox: [4, 10, 0], shapeVox: [2, 10, 22] },
    inSecond: { startVox: [0, 0, 0], shapeVox: [2, 10, 22] },
    because: "offset",
  });
  // In regions, boxes count from the start of each file.
  const region = cropVolume(second, {
    startVox: [1, 2, 3],
    shapeVox: [2, 3, 4],
  });
  assert.deepEqual(sharedRegion(region, first), {
    inFirst: { startVox: [1, 2, 3], shapeVox: [1, 3, 4] },
    inSecond: { startVox: [5, 12, 3], shapeVox: [1, 3, 4] },
    because: "offset",
  });
  // One border is shared, though it is not computed to the last bit.
  const next = fileOf("c", { hasOffset: true, offsetNm: [240 - 1e-9, 0, 0] });
  assertEquals(sharedRegion(first, next), undefined);
  // Voxels twice as large, as of a volume that was scaled.
  const coarse = fileOf("d", {
    hasOffset: true,
    voxelNm: [40, 8, 8],
    offsetNm: [0, 72, 0],
  });
  assert.deepEqual(sharedRegion(first, coarse), {
    inFirst: { startVox: [0, 18, 0], shapeVox: [6, 2, 22] },
    inSecond: { startVox: [0, 0, 0], shapeVox: [6, 1, 11] },
    because: "offset",
  });
});

Deno.test("sharedRegion() leaves out context, also across files in one frame", () => {
  const first = fileOf("a", { hasOffset: true });
  const upper = {
    ...first,
    origin: { ...first.origin!, block: rows(0, 12) },
  };
  const second = fileOf("b", { hasOffset: true, offsetNm: [0, 40, 0] });
  assert.deepEqual(sharedRegion(second, upper), {
    inFirst: rows(0, 2),
    inSecond: rows(10, 12),
    because: "offset",
  });
  const below = cropVolume(upper, rows(12, 20)); // context alone
  assertEquals(sharedRegion(below, second), undefined);
  assertEquals(sharedRegion(below, first), undefined);
});

Deno.test("sharedRegion() compares grey values where files do not say their place", () => {
  const first = fileOf("a");
  assertEquals(
    sharedRegion(first, fileOf("b", { voxel: tissue(2) })),
    undefined,
  );
  // A copy written anew, with 8 bits of 16.
  const voxel = (z: number, y: number, x: number) => ({
    image: Math.round(255 * tissue(1)(z, y, x).image) / 255,
  });
  assert.deepEqual(sharedRegion(first, fileOf("b", { voxel })), {
    inFirst: { startVox: [0, 0, 0], shapeVox: whole },
    inSecond: { startVox: [0, 0, 0], shapeVox: whole },
    because: "content",
  });
  // A part of it that says its place while the first file says none.
  const part = fileOf("c", {
    offsetNm: [80, 0, 0],
    hasOffset: true,
    voxel: tissue(1, [2, 0, 0]),
  });
  assertEquals(sharedRegion(first, part)?.because, "content");
  assertEquals(
    sharedRegion(first, fileOf("c", { offsetNm: [80, 0, 0], hasOffset: true })),
    undefined,
  );
  // Offsets of 0 are what writers put where they know none.
  const zero = { hasOffset: true } as const;
  assertEquals(
    sharedRegion(fileOf("a", zero), fileOf("b", { ...zero, voxel: tissue(2) })),
    undefined,
  );
});

Deno.test("sharedRegion() knows a file and the same with tissue around its labels", () => {
  const of = (
    data: string,
    { labels, number = 1 }: { readonly labels: Box; readonly number?: number },
  ) =>
    makeVolume({
      shapeVox: whole,
      voxel: tissue(number, mapZyx((axis) => -labels.startVox[axis])),
      origin: { data, startVox: [0, 0, 0], hasOffset: false, labels },
    });
  const extent: Zyx = [3, 9, 10];
  const bare = of("a", { labels: { startVox: [0, 0, 0], shapeVox: extent } });
  const around: Box = { startVox: [2, 4, 5], shapeVox: extent };
  const padded = of("b", { labels: around });
  const shared = {
    inFirst: { startVox: [0, 0, 0], shapeVox: [4, 16, 17] },
    inSecond: { startVox: [2, 4, 5], shapeVox: [4, 16, 17] },
    because: "content",
  };
  assert.deepEqual(sharedRegion(bare, padded), shared);
  const cut = cropVolume(padded, {
    startVox: [1, 4, 0],
    shapeVox: [5, 16, 22],
  });
  assert.deepEqual(sharedRegion(bare, cut), shared);
  const other = of("c", { labels: around, number: 2 }); // another sample
  assertEquals(sharedRegion(bare, other), undefined);
});

Deno.test("sharedRegion() looks past sections that are missing", () => {
  const some = (black: (z: number) => boolean, number: number) => ({
    voxel: (z: number, y: number, x: number) =>
      black(z) ? { image: 0 } : tissue(number)(z, y, x),
  });
  const middle = (z: number) => z < 2 || z === 3;
  const first = fileOf("a", some(middle, 1));
  assertEquals(
    sharedRegion(first, fileOf("b", some(middle, 1)))?.because,
    "content",
  );
  assertEquals(sharedRegion(first, fileOf("b", some(middle, 2))), undefined);
  const black = some(() => true, 1); // nothing tells one from the other
  assertEquals(sharedRegion(fileOf("a", black), fileOf("b", black)), undefined);
});
