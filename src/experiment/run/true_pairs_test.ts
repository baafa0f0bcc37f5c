import { deepStrictEqual } from "node:assert/strict";
import type { Volume, Zyx } from "@/core/mod.ts";
import { truePairs } from "./true_pairs.ts";

/** Pairs of a volume of 2 × 3 × 4 voxels, whose neurons are zyx in digits. */
function pairsOf(...partners: readonly (readonly [pre: Zyx, post: Zyx])[]) {
  const digits = (z: number) =>
    Array.from(
      { length: 12 },
      (_, i) => 1000 + 100 * z + 10 * Math.floor(i / 4) + i % 4,
    );
  return truePairs({
    ...{ shapeVox: [2, 3, 4], voxelNm: [40, 4, 5] },
    neurons: () => (z: number) => Uint32Array.from(digits(z)),
    partners: () => partners.map(([preVox, postVox]) => ({ preVox, postVox })),
  } as unknown as Volume);
}

Deno.test("truePairs() has places in nanometres, with the neurons there", () => {
  deepStrictEqual(
    pairsOf([[0, 0, 0], [1, 2, 3]], [[0.4, 1.5, 2.6], [1, 0, 1]]),
    [
      {
        ...{ preNm: [20, 2, 2.5], preSegment: 1000 },
        ...{ postNm: [60, 10, 17.5], postSegment: 1123 },
      },
      {
        ...{ preNm: [36, 8, 15.5], preSegment: 1023 },
        ...{ postNm: [60, 2, 7.5], postSegment: 1101 },
      },
    ],
  );
});

Deno.test("truePairs() leaves out pairs that reach beyond the volume", () => {
  const inside: Zyx = [1, 1, 1];
  const kept = (place: Zyx) => [
    pairsOf([place, inside]).length,
    pairsOf([inside, place]).length,
  ];
  for (const place of [[-0.4, 0, 0], [1.4, 2.4, 3.4]] as const) {
    deepStrictEqual(kept(place), [1, 1]);
  }
  for (
    const place of [[-0.6, 0, 0], [2, 0, 0], [0, 3, 0], [0, 0, 4]] as const
  ) {
    deepStrictEqual(kept(place), [0, 0]);
  }
});
