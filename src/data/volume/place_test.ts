import assert from "node:assert";
import type { ExperimentError } from "@/core/mod.ts";
import { coveredBox, placeOf } from "./place.ts";

const truth = {
  shapeVox: [10, 40, 50],
  voxelNm: [40, 4.6, 4.6],
  offsetNm: [80, 0, 9.2],
} as const;
const where = "--prediction and --truth";

Deno.test("placeOf() counts in voxels, and tells places between two", () => {
  const at = (z: number, y: number, x: number) =>
    placeOf({ offsetNm: [80 + 40 * z, 4.6 * y, 9.2 + 4.6 * x] }, truth);
  assert.deepEqual(at(3, 4, -5).startVox, [3, 4, -5]);
  assert.equal(at(3, 4, -5).isOnVoxel, true);
  assert.equal(at(0.005, 0, 0).isOnVoxel, true); // as rounded attributes are
  for (const [z, y, x] of [[0.5, 0, 0], [0, 0.02, 0], [0, 0, -0.3]]) {
    assert.equal(at(z!, y!, x!).isOnVoxel, false);
  }
});

Deno.test("coveredBox() finds the part of the truth that was predicted", () => {
  const part = {
    ...truth,
    shapeVox: [2, 30, 40],
    offsetNm: [160, 46, 55.2],
  } as const;
  assert.deepEqual(coveredBox(part, { truth, where }), {
    startVox: [2, 10, 10],
    shapeVox: [2, 30, 40],
  });
});

Deno.test("coveredBox() refuses what lies between voxels, outside, or is coarser", () => {
  const refuse = (prediction: typeof truth, message: RegExp) =>
    assert.throws(
      () => coveredBox(prediction, { truth, where }),
      (error: ExperimentError) => message.test(error.message),
    );
  const moved = (z: number, y: number, x: number) =>
    ({
      ...truth,
      shapeVox: [8, 38, 48],
      offsetNm: [80 + 40 * z, 4.6 * y, 9.2 + 4.6 * x],
    }) as unknown as typeof truth;
  refuse(moved(0.5, 0, 0), /begins at voxel 0.50, 0.00, 0.00 .* between two/);
  refuse(moved(0, 0, 1.4), /begins at voxel 0.00, 0.00, 1.40/);
  refuse(moved(0, 3, 0), /the prediction covers 8 × 38 × 48 voxels/);
  refuse(moved(-1, 0, 0), /the prediction covers/);
  const coarse = { ...moved(0, 0, 0), voxelNm: [40, 4.7, 4.6] };
  refuse(coarse as unknown as typeof truth, /of 40 × 4.7 × 4.6 nm/);
});
