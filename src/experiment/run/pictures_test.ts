import { deepStrictEqual } from "node:assert";
import { decode } from "fast-png";
import { scoreSections, sectionPng, sectionsToShow } from "./pictures.ts";

Deno.test("scoreSections() counts labelled voxels at the threshold", () => {
  const scores = scoreSections({
    probability: Float32Array.of(.9, .5, .2, .8, 0, 0, 0, 0, 0, 0, .7, 0),
    target: Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    // The fourth voxel is unlabelled.
    mask: Uint8Array.of(1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1),
    shapeVox: [3, 2, 2],
    voxelNm: [40, 4, 4],
    threshold: .6,
  });
  // Section 0: one of two cleft voxels is found, 2 · 1 / (2 + 1); 1: nothing to
  // find, and nothing said; 2: a mistake.
  deepStrictEqual(scores, [
    { z: 0, truthVox: 2, predictedVox: 1, dice: 2 / 3 },
    { z: 1, truthVox: 0, predictedVox: 0, dice: 1 },
    { z: 2, truthVox: 0, predictedVox: 1, dice: 0 },
  ]);
});

Deno.test("sectionsToShow() gives the worst and the best, none that is empty", () => {
  const scores = [.5, .1, .9, .3, .7].map((dice, z) => ({
    z,
    dice,
    truthVox: 1,
    predictedVox: 1,
  }));
  const empty = { z: 5, dice: 1, truthVox: 0, predictedVox: 0 };
  const shown = sectionsToShow([...scores, empty], 3).map(({ z }) => z);
  deepStrictEqual(shown, [1, 3, 2]); // Dice .1, .3 and .9
});

Deno.test("sectionsToShow() goes by z where sections are as good", () => {
  const alike = [3, 1, 4, 0, 2]
    .map((z) => ({ z, dice: .5, truthVox: 1, predictedVox: 1 }));
  const shown = (count: number) =>
    sectionsToShow(alike, count).map(({ z }) => z);
  deepStrictEqual(shown(5), [0, 1, 2, 3, 4]);
  deepStrictEqual(shown(2), [0, 4]);
  deepStrictEqual(shown(0), []);
});

Deno.test("sectionPng() draws its section and averages large ones down", () => {
  const small = decode(
    sectionPng(Float32Array.of(0, 0, 1, .5, 0, 0), {
      ...{ shapeVox: [3, 1, 2], z: 1 },
    }),
  );
  deepStrictEqual([small.width, small.height, ...small.data], [2, 1, 255, 128]);
  const large = Float32Array.from({ length: 2 * 2048 }, (_, i) => i % 2);
  const { width, height, data } = decode(
    sectionPng(large, { shapeVox: [1, 2, 2048], z: 0 }),
  );
  deepStrictEqual([width, height, data[0], data[1023]], [1024, 1, 128, 128]);
});

Deno.test("sectionPng() draws sections that are long and narrow", () => {
  for (const [height, width] of [[1, 5000], [5000, 1], [2, 4097]] as const) {
    const ones = new Uint8Array(height * width).fill(1);
    const drawn = decode(
      sectionPng(ones, {
        ...{ shapeVox: [1, height, width], z: 0 },
      }),
    );
    const [high, wide] = [height, width].map((n) =>
      n > 2 ? Math.floor(n / 5) : 1
    );
    deepStrictEqual([drawn.height, drawn.width], [high, wide]);
    deepStrictEqual(new Set(drawn.data), new Set([255]));
  }
});
