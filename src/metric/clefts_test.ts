import { deepEqual } from "node:assert/strict";
import { foundClefts } from "./clefts.ts";

Deno.test("foundClefts() gives each cleft its place and what of it is found", () => {
  // Two sections of 2 × 3 voxels: one cleft goes through both, one is unknown.
  const input = {
    shapeVox: [2, 2, 3] as const,
    voxelNm: [40, 4, 4] as const,
    target: Uint8Array.of(1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0),
    mask: Uint8Array.of(0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
    probability: Float32Array.of(0.9, 0, 0.5, 0, 0, 0.4, 0, 0.6, 0, 0, 0, 0.9),
    threshold: 0.5,
  };
  deepEqual(foundClefts(input), [
    { atVox: [0, 0, 2], sizeVox: 3, foundVox: 2 },
  ]);
  const cleft = new Uint8Array(12); // as post-processing left it
  deepEqual(foundClefts({ ...input, cleft })[0]!.foundVox, 0);
  const apart = {
    ...input,
    target: Uint8Array.of(0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0),
  };
  deepEqual(foundClefts(apart).map(({ atVox }) => atVox), [
    [0, 0, 2],
    [0, 1, 0],
  ]);
});
