import { openRng, type Zyx } from "@/core/mod.ts";
import { openShared } from "@/data/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { sharedBlobs } from "@test/volumes.ts";
import { indexClefts } from "./cleft_index.ts";

Deno.test("indexClefts() counts the labelled cleft voxels of any box", () => {
  const volume = openShared(sharedBlobs([5, 40, 50]));
  const index = indexClefts(volume);
  const rng = openRng(1);
  for (let i = 0; i < 50; i++) {
    const from = volume.shapeVox.map((n) => rng.integer(n)) as unknown as Zyx;
    const box = {
      startVox: from,
      shapeVox: volume.shapeVox.map((n, axis) =>
        1 + rng.integer(n - from[axis]!)
      ) as unknown as Zyx,
    };
    const { target, mask } = volume.read(box);
    const count = target.reduce((sum, t, k) => sum + (t & mask[k]!), 0);
    assertEquals(index.countIn(box), count, `in ${JSON.stringify(box)}`);
  }
});

Deno.test("indexClefts() finds each labelled cleft voxel once", () => {
  const volume = openShared(sharedBlobs([5, 40, 50]));
  const index = indexClefts(volume);
  const seen = new Set<string>();
  for (let k = 0; k < index.total; k++) {
    const startVox = index.voxelAt(k);
    const { target, mask } = volume.read({ startVox, shapeVox: [1, 1, 1] });
    assertEquals(target[0]! & mask[0]!, 1, `at ${startVox}`);
    seen.add(`${startVox}`);
  }
  assertEquals(seen.size, index.total);
  assertEquals(index.total > 1024, true, "more than it has room for at first");
});
