import assert from "node:assert";
import { wholeBox } from "@/core/mod.ts";
import { makeVolume } from "./_testing.ts";
import { countLabels, doubtOf } from "./count_labels.ts";
import { cropVolume } from "./crop.ts";

Deno.test("countLabels() counts clefts, their voxels and what is known", () => {
  // A bar through all sections, a corner neighbour of its end, and one apart in
  // a slab of its own; cleft voxels that are unknown count for nothing.
  const volume = makeVolume({
    shapeVox: [9, 700, 1000], // slabs of four sections
    voxel: (z, y, x) => ({
      target: (y === 3 && x === 5) || (z === 8 && y === 4 && x === 6) ||
          (z === 7 && y === 600 && x > 990) || x === 100
        ? 1
        : 0,
      mask: x === 100 ? 0 : 1,
    }),
  });
  const box = { startVox: [1, 0, 0], shapeVox: [8, 700, 1000] } as const;
  assert.deepEqual(countLabels(volume, box), {
    clefts: 2,
    positive: 8 + 1 + 9,
    labelled: 8 * 700 * 999,
    voxels: 8 * 700 * 1000,
  });
  assert.deepEqual(
    countLabels(
      cropVolume(volume, { startVox: [8, 3, 0], shapeVox: [1, 1, 9] }),
    ),
    { clefts: 1, positive: 1, labelled: 9, voxels: 9 },
  );
});

Deno.test("countLabels() knows nothing of a volume without labels", () => {
  const volume = makeVolume({
    shapeVox: [2, 2, 2],
    hasLabels: false,
    voxel: () => ({ target: 1 }),
  });
  assert.deepEqual(countLabels(volume, wholeBox([1, 2, 2])), {
    clefts: 0,
    positive: 0,
    labelled: 0,
    voxels: 4,
  });
});

Deno.test("doubtOf() doubts labels that are cleft by more than a twentieth", () => {
  const counts = { clefts: 3, labelled: 2000, voxels: 4000 };
  assert.equal(doubtOf({ ...counts, positive: 100 }), undefined);
  assert.match(doubtOf({ ...counts, positive: 101 })!, /^5\.0 % of what is/);
  assert.match(doubtOf({ ...counts, positive: 2000 })!, /^100\.0 % of what is/);
  assert.equal(doubtOf({ ...counts, positive: 0, labelled: 0 }), undefined);
});
