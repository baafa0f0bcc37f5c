import { deepEqual } from "node:assert/strict";
import { openRng } from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import {
  cleftDifference,
  intervalOfNeighbours,
  mcNemar,
  sectionDifference,
} from "./paired_places.ts";

const section = (z: number, dice: number, vox = 10) => ({
  ...{ z, dice },
  ...{ truthVox: vox, predictedVox: vox },
});

Deno.test("sectionDifference() pairs sections that have something", () => {
  const a = [section(0, 0.5), section(1, 0.9), section(2, 1, 0), section(3, 1)];
  const b = [section(0, 0.4), section(1, 0.95), section(2, 1, 0)];
  const { mean, better, worse, interval } = sectionDifference(a, b)!;
  assertAlmostEquals(mean, 0.025, 1e-12); // 0.1 and −0.05
  deepEqual([better, worse, interval], [1, 1, null]);
  assertEquals(sectionDifference([section(0, 1)], [section(1, 1)]), null);
});

Deno.test("intervalOfNeighbours() covers the mean, alike neighbours or not", () => {
  const rng = openRng(3).at("neighbours"), rows = 1500;
  const coverage = (alike: number) => {
    let covered = 0;
    for (let r = 0; r < rows; r++) {
      let value = rng.normal() / Math.sqrt(1 - alike ** 2);
      const row = Array.from(
        { length: 60 },
        () => value = alike * value + rng.normal(),
      );
      const [low, high] = intervalOfNeighbours(row)!;
      if (low <= 0 && 0 <= high) covered++;
    }
    return covered / rows;
  };
  // The correlation is an estimate itself: within 3 hundredths.
  assertAlmostEquals(coverage(0), 0.96, 0.03);
  assertAlmostEquals(coverage(0.6), 0.94, 0.03);
});

Deno.test("cleftDifference() counts what one run alone found", () => {
  const clefts = (...found: readonly number[]) =>
    found.map((foundVox, i) => ({
      atVox: [i, 0, 0] as const,
      sizeVox: 5,
      foundVox,
    }));
  deepEqual(cleftDifference(clefts(1, 0, 3, 0), clefts(0, 0, 2, 1)), {
    onlyFirst: 1,
    onlySecond: 1,
    p: 1,
  });
  assertEquals(cleftDifference(clefts(1), clefts(1, 0)), null);
});

Deno.test("mcNemar() is the binomial test of even odds", () => {
  // Of 12 tosses at most 3 heads: (1 + 12 + 66 + 220) / 4096, twice.
  assertAlmostEquals(mcNemar(3, 9), 2 * 299 / 4096, 1e-12);
  assertAlmostEquals(mcNemar(0, 5), 2 / 32, 1e-12);
  assertEquals(mcNemar(0, 0), 1);
  assertAlmostEquals(mcNemar(1500, 1500), 1, 1e-9);
});
