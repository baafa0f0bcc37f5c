import * as assert from "node:assert";
import { cropArray, type Volume } from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
} from "@test/helpers.ts";
import type { Forward } from "./forward.ts";
import { noise, plan } from "./_testing.ts";
import { predict, predictSlabs } from "./predict.ts";

const wholeImage = (volume: Volume) =>
  volume.read({ startVox: [0, 0, 0], shapeVox: volume.shapeVox }).image;
const copy: Forward = (image) => Promise.resolve(image.slice());

Deno.test("predict() joins tiles into what they were cut from", async () => {
  const types = ["ramp", "gaussian", "bump", "constant"];
  const options: Record<string, Record<string, unknown>> = {
    ramp: { mode: "mean" },
    gaussian: { sigmaShare: 0.125, floor: 1e-3 },
    bump: { exponent: 1.5, floor: 1e-4 },
  };
  for (const type of types) {
    for (const overlap of [0, 0.5, 0.75]) {
      const volume = noise([9, 21, 13]);
      const { probability, shapeVox, voxelNm, offsetNm } = await predict(
        volume,
        {
          forward: copy,
          plan: { ...plan, overlap, blend: { type, ...options[type] } },
        },
      );
      assert.deepStrictEqual([shapeVox, voxelNm, offsetNm], [
        [9, 21, 13],
        [40, 4, 4],
        [80, 0, 12],
      ]);
      // up to 64 tiles are summed in float32
      wholeImage(volume).forEach((value, i) =>
        assertAlmostEquals(probability[i]!, value, 5e-6)
      );
    }
  }
});

Deno.test("predict() weighs tiles where they overlap", async () => {
  // Tiles of 4 at 0 and 2 say 0 and 1; weights .02 .98 .98 .02 along x:
  // voxel 2 is (.98·0 + .02·1) / 1, voxel 3 is (.02·0 + .98·1) / 1.
  let n = 0;
  const { probability } = await predict(noise([1, 1, 6]), {
    forward: (image) =>
      Promise.resolve(new Float32Array(image.length).fill(n++)),
    plan: { ...plan, patchVox: [1, 1, 4] },
  });
  [0, 0, 0.02, 0.98, 1, 1].forEach((value, i) =>
    assertAlmostEquals(probability[i]!, value, 1e-7)
  );
});

Deno.test("predict() mirrors axes shorter than the patch", async () => {
  const volume = noise([2, 5, 1]);
  const image = wholeImage(volume);
  const tiles: Float32Array[] = [];
  const { probability } = await predict(volume, {
    forward: (tile) => {
      tiles.push(tile);
      return Promise.resolve(tile.slice());
    },
    plan: { ...plan, patchVox: [4, 8, 2] },
  });
  assertEquals(tiles.length, 1);
  // z: 1 before, 1 after: 1 0 1 0; y: 1 before, 2 after: 1 0 1 2 3 4 3 2.
  const wanted = [1, 0, 1, 0].flatMap((z) =>
    [1, 0, 1, 2, 3, 4, 3, 2].flatMap((y) => Array(2).fill(image[z * 5 + y]))
  );
  assertSameNumbers(tiles[0]!, wanted);
  image.forEach((v, i) => assertAlmostEquals(probability[i]!, v, 1e-7));
});

Deno.test("predictSlabs() gives each section once and reads no more than a tile's", async () => {
  const volume = noise([11, 16, 16]);
  const starts: number[] = [];
  let next = 0;
  for await (
    const { startZ, sections, probability } of predictSlabs(volume, {
      forward: copy,
      plan,
    })
  ) {
    assertEquals(startZ, next);
    assertEquals(probability.length, sections * 256);
    next += sections;
    starts.push(startZ);
  }
  assertEquals(next, 11);
  assert.deepStrictEqual(starts, [0, 2, 4, 6, 7]); // the last tile starts at 7
  assertEquals(Math.max(...volume.reads), 4);
});

Deno.test("predictSlabs() hands sections out as it looks at the next tile", async () => {
  let tiles = 0;
  const slabs = predictSlabs(noise([8, 8, 8]), {
    forward: (image) => {
      tiles++;
      return copy(image, plan.patchVox);
    },
    plan,
  });
  const { value } = await slabs.next();
  assertEquals(value?.sections, 2);
  assertEquals(tiles, 2);
  await slabs.return(undefined);
});

Deno.test("predict() gives the same bits again", async () => {
  const blurred: Forward = (image) =>
    Promise.resolve(
      image.map((v, i) => (v + (image[i + 1] ?? 0) + (image[i + 8] ?? 0)) / 3),
    );
  const tta = { type: "flips", variants: 16, combine: "mean" };
  const first = await predict(noise([6, 20, 20]), {
    forward: blurred,
    plan: { ...plan, tta },
  });
  const again = await predict(noise([6, 20, 20]), {
    forward: blurred,
    plan: { ...plan, tta },
  });
  assertSameNumbers(again.probability, first.probability);
});

Deno.test("predict() tells of each tile and stops when it is told to", async () => {
  const controller = new AbortController();
  const heard: string[] = [];
  const run = predict(noise([8, 8, 16]), { forward: copy, plan }, {
    signal: controller.signal,
    onProgress(done, total) {
      heard.push(`${done}/${total}`);
      if (done === 4) controller.abort(new Error("enough"));
    },
  });
  await assert.rejects(run, { message: "enough" });
  assert.deepStrictEqual(heard, ["1/9", "2/9", "3/9", "4/9"]);
});

Deno.test("predict() refuses a forward that gives another number of voxels", async () => {
  const run = predict(noise([4, 8, 8]), {
    forward: () => Promise.resolve(new Float32Array(3)),
    plan,
  });
  await assert.rejects(run, {
    name: "RangeError",
    message:
      "Cannot join tiles: the forward gave 3 numbers for a tile of 256 voxels",
  });
});

Deno.test("predict() refuses to swap y and x of tiles that are not square", async () => {
  const run = predict(noise([4, 8, 8]), {
    forward: copy,
    plan: {
      ...plan,
      patchVox: [4, 8, 6],
      tta: { type: "flips", variants: 16, combine: "mean" },
    },
  });
  await assert.rejects(run, { name: "ExperimentError" });
});

Deno.test("predictSlabs() predicts a part as the whole", async () => {
  const volume = noise([9, 20, 22]);
  const forward: Forward = (image) =>
    Promise.resolve(image.map((v, i) => (v + (image[i + 1] ?? 0)) / 2));
  const { probability } = await predict(volume, { forward, plan });
  const within = { startVox: [3, 5, 9], shapeVox: [4, 7, 13] } as const;
  let next = 3;
  for await (
    const slab of predictSlabs(volume, { forward, plan }, { within })
  ) {
    assertEquals(slab.startZ, next);
    next += slab.sections;
    assertSameNumbers(
      slab.probability,
      cropArray(probability, volume.shapeVox, {
        startVox: [slab.startZ, 5, 9],
        shapeVox: [slab.sections, 7, 13],
      }),
    );
  }
  assertEquals(next, 7);
});

Deno.test("predict() gives the network tiles in batches of one size", async () => {
  const volume = noise([4, 12, 20]); // 1 × 2 × 4 tiles
  const sizes: number[] = [];
  const forward: Forward = (image) => {
    sizes.push(image.length / 256);
    return copy(image, plan.patchVox);
  };
  const tta = { type: "flips", variants: 4, combine: "mean" };
  const one = await predict(volume, { forward, plan: { ...plan, tta } });
  assert.deepStrictEqual(sizes, Array(32).fill(1));
  sizes.length = 0;
  const three = await predict(volume, {
    forward,
    plan: { ...plan, tta, batch: 3 },
  });
  assert.deepStrictEqual(sizes, Array(12).fill(3));
  assertSameNumbers(three.probability, one.probability);
});
