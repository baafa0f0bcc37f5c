import { ExperimentError, openRng, type Volume, type Zyx } from "@/core/mod.ts";
import { openShared } from "@/data/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { sharedBlobs } from "@test/volumes.ts";
import { throws } from "node:assert/strict";
import type { Place } from "./_sampler.ts";
import { uniform } from "./uniform.ts";

const off = {
  foreground: 0,
  jitter: 0.5,
  minCleftVox: 0,
  rejectProbability: 1,
};
const patchVox: Zyx = [2, 8, 8];

/** A volume with one cleft of 4 voxels in its middle. */
function oneCleft(): Volume {
  const shared = sharedBlobs([4, 32, 32]);
  const labels = new Uint8Array(shared.labels!).fill(0);
  for (const i of [0, 1, 32, 33]) labels[2 * 32 * 32 + 16 * 32 + 16 + i] = 1;
  return openShared(shared);
}

/** Places drawn at many addresses. */
function places(
  volumes: readonly Volume[],
  options: Partial<typeof off>,
  draws: number,
): Place[] {
  const place = uniform.create({ ...off, ...options }).open(volumes, patchVox);
  return Array.from(
    { length: draws },
    (_, i) => place(openRng(4).at("sample", i, "place")),
  );
}

/** Labelled cleft voxels of a patch, counted one by one. */
function cleftVox(volume: Volume, startVox: Zyx): number {
  const { target, mask } = volume.read({ startVox, shapeVox: patchVox });
  return target.reduce((sum, t, i) => sum + (t & mask[i]!), 0);
}

Deno.test("uniform() draws volumes in proportion to their positions", () => {
  const volumes = [
    openShared(sharedBlobs([3, 8, 17])), // 2 * 1 * 10 = 20 positions
    openShared(sharedBlobs([4, 12, 11])), // 3 * 5 * 4 = 60 positions
  ];
  const n = 4000, drawn = places(volumes, {}, n);
  const second = drawn.filter(({ volume }) => volume === 1).length;
  assertAlmostEquals(second, n * 0.75, 4 * Math.sqrt(n * 0.75 * 0.25));
});

Deno.test("uniform() draws every corner of a volume alike", () => {
  const n = 6000, counts = new Map<string, number>();
  for (
    const { startVox } of places([openShared(sharedBlobs([3, 10, 12]))], {}, n)
  ) {
    counts.set(`${startVox}`, (counts.get(`${startVox}`) ?? 0) + 1);
  }
  assertEquals(counts.size, 2 * 3 * 5);
  for (const count of counts.values()) {
    assertAlmostEquals(count, n / 30, 4.5 * Math.sqrt(n * 29 / 900));
  }
});

Deno.test("uniform() draws again until a patch has enough cleft voxels", () => {
  const volume = openShared(sharedBlobs([8, 64, 64]));
  const drawn = places([volume], { minCleftVox: 60 }, 200);
  for (const { startVox } of drawn) {
    assertEquals(cleftVox(volume, startVox) >= 60, true, `at ${startVox}`);
  }
  const free = places([volume], {}, 200);
  assertEquals(
    free.some(({ startVox }) => cleftVox(volume, startVox) < 60),
    true,
    "places that would not do",
  );
});

Deno.test("uniform() rejects with the probability it is told", () => {
  const volume = openShared(sharedBlobs([8, 64, 64]));
  const poor = (options: Partial<typeof off>, n: number) =>
    places([volume], options, n)
      .filter(({ startVox }) => cleftVox(volume, startVox) < 60).length / n;
  const n = 3000, q = poor({}, n), p = 0.8;
  // A poor place is kept with 1 - p: q' = q (1 - p) / (1 - q p).
  const expected = q * (1 - p) / (1 - q * p);
  const kept = poor({ minCleftVox: 60, rejectProbability: p }, n);
  assertAlmostEquals(kept, expected, 5 * Math.sqrt(expected / n));
});

Deno.test("uniform() takes the richest place seen when none is rich enough", () => {
  const volume = oneCleft(); // of 2 x 25 x 25 places or so, few hold all 4 voxels
  const drawn = places([volume], { minCleftVox: 4 }, 40);
  assertEquals(drawn.length, 40);
  assertEquals(
    drawn.filter(({ startVox }) => cleftVox(volume, startVox) === 4).length >=
      39,
    true,
  );
});

Deno.test("uniform() puts a share of the samples around cleft voxels", () => {
  const volume = oneCleft();
  const near = (options: Partial<typeof off>, n: number) =>
    places([volume], options, n)
      .filter(({ startVox }) => cleftVox(volume, startVox) > 0).length;
  const n = 2000, base = near({}, n) / n;
  assertEquals(near({ foreground: 1, jitter: 0 }, 100), 100);
  const expected = 0.6 + 0.4 * base;
  assertAlmostEquals(
    near({ foreground: 0.6, jitter: 0.25 }, n) / n,
    expected,
    5 * Math.sqrt(expected * (1 - expected) / n),
  );
});

Deno.test("uniform() moves samples off their cleft voxel by up to the jitter", () => {
  const starts = places([oneCleft()], { foreground: 1, jitter: 0.25 }, 400)
    .map(({ startVox }) => startVox[1]);
  // Voxels 16 and 17, less 3.5, plus -2 to 2: starts 10 (or 11) to 16.
  assertEquals(Math.min(...starts) >= 10 && Math.max(...starts) <= 16, true);
  assertEquals(new Set(starts).size > 4, true, "places that differ");
});

Deno.test("uniform() refuses volumes without labels, without room or without clefts", () => {
  const open = (volumes: Volume[], options: Partial<typeof off>, patch: Zyx) =>
    uniform.create({ ...off, ...options }).open(volumes, patch);
  const blobs = openShared(sharedBlobs([4, 16, 16]));
  const says = (message: RegExp, fix: RegExp) => (error: unknown) =>
    error instanceof ExperimentError && message.test(error.message) &&
    fix.test(error.fix);
  throws(
    () => open([], {}, patchVox),
    says(/there is no volume/, /at least one/),
  );
  throws(
    () => open([blobs], {}, [2, 8, 20]),
    says(
      /20 voxels along x as the volume has 16/,
      /patchVox\[2\] to 16 or less/,
    ),
  );
  const unlabelled = openShared({ ...sharedBlobs([4, 16, 16]), labels: null });
  throws(
    () => open([unlabelled], {}, patchVox),
    says(/no cleft labels/, /labelled/),
  );
  throws(
    () => open([blobs], { minCleftVox: 9999 }, patchVox),
    says(/9999 cleft voxels: no volume has more than/, /or less/),
  );
  const empty = sharedBlobs([4, 16, 16]);
  new Uint8Array(empty.labels!).fill(0);
  throws(
    () => open([openShared(empty)], { foreground: 0.5 }, patchVox),
    says(/no volume has a cleft voxel/, /foreground/),
  );
});
