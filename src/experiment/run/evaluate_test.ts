import { deepStrictEqual } from "node:assert";
import type { Volume } from "@/core/mod.ts";
import { metrics } from "@/metric/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import {
  evaluateVolumes,
  type Evaluator,
  meanScores,
  measureVolumes,
  predictVolumes,
} from "./evaluate.ts";

/** A section of 8 × 8 voxels whose first ones are cleft, all of them labelled. */
function volumeOf(cleftVox: number): Volume {
  const target = new Uint8Array(64).fill(1, 0, cleftVox);
  return {
    name: `${cleftVox} voxels`,
    hasLabels: true,
    inputs: [],
    shapeVox: [1, 8, 8],
    voxelNm: [40, 4, 4],
    offsetNm: [0, 0, 0],
    read: () => ({
      image: Float32Array.from(target, (label, i) => label * 0.5 + i / 256),
      target: target.slice(),
      mask: new Uint8Array(64).fill(1),
      shapeVox: [1, 8, 8],
    }),
    [Symbol.dispose]() {},
  };
}

/** Says of each voxel that it is a cleft as far as it is light. */
const evaluator: Evaluator = {
  forward: (image) => Promise.resolve(image.slice()),
  plan: {
    patchVox: [1, 8, 8],
    overlap: 0,
    blend: { type: "constant" },
    tta: { type: "none" },
  },
  metrics: ["dice", "cremi"].map((type) =>
    metrics.create(metrics.schema.parse({ type }))
  ),
};

Deno.test("evaluateVolumes() makes up no threshold where nothing is cleft", async () => {
  const [empty] = await evaluateVolumes([volumeOf(0)], evaluator);
  deepStrictEqual(new Set(Object.values(empty!.scores)), new Set([null]));
});

Deno.test("evaluateVolumes() measures an empty volume at the others' threshold", async () => {
  const volumes = [volumeOf(8), volumeOf(0)];
  const [full, empty] = await evaluateVolumes(volumes, evaluator);
  assertEquals(full!.scores.dice, 1);
  assertEquals(full!.scores.threshold, 0.5); // the darkest voxel of the cleft
  assertEquals(empty!.scores.threshold, 0.5);
  assertEquals(empty!.scores.dice, null);
  assertEquals(empty!.scores.fp200, 0); // 63 / 256 is less
  const [at] = measureVolumes(
    await predictVolumes([volumeOf(0)], evaluator),
    { metrics: evaluator.metrics, threshold: 0.125 },
  );
  assertEquals(at!.scores.fp200, 32); // voxels 32 to 63, from nothing
});

Deno.test("evaluateVolumes() tells of each tile", async () => {
  const heard: string[] = [];
  await evaluateVolumes([volumeOf(8), volumeOf(0)], {
    ...evaluator,
    plan: { ...evaluator.plan, patchVox: [1, 4, 8] },
    onProgress: (what) => heard.push(what),
  });
  deepStrictEqual(heard, [
    "8 voxels, tile 1 of 2",
    "8 voxels, tile 2 of 2",
    "0 voxels, tile 1 of 2",
    "0 voxels, tile 2 of 2",
  ]);
});

Deno.test("meanScores() leaves out empty volumes where they have no say", () => {
  const one = (cleftVox: number, scores: Record<string, number | null>) => ({
    patch: volumeOf(cleftVox).read({
      startVox: [0, 0, 0],
      shapeVox: [1, 8, 8],
    }),
    scores,
  });
  const mean = meanScores([
    one(8, { dice: 0.5, fp200: 2, score: null }),
    one(0, { dice: null, fp200: 4, score: null }),
    one(4, { dice: 0.75, fp200: 3, score: 10 }),
  ]);
  // A score that a volume with clefts leaves undefined has no mean.
  deepStrictEqual(mean, { dice: 0.625, fp200: 3, score: null });
  deepStrictEqual(
    meanScores([one(8, { dice: 1, ap: 1 }), one(8, { dice: 0.5 })]),
    { dice: 0.75, ap: null },
  );
  deepStrictEqual(meanScores([one(8, { ap: 0.5 }), one(0, {})]), { ap: 0.5 });
  deepStrictEqual(meanScores([one(0, { dice: null })]), { dice: null });
  deepStrictEqual(meanScores([]), {});
});

Deno.test("evaluateVolumes() chooses one threshold by the voxels of all volumes together", async () => {
  // By themselves, the two would be called cleft from 0.5 and from 0.9 on.
  const dim = volumeOf(8), bright = volumeOf(8);
  const shifted = {
    ...bright,
    read: (...words: Parameters<typeof bright.read>) => {
      const patch = bright.read(...words);
      const image = patch.image.map((grey, i) => i < 8 ? 0.9 : grey + 0.3);
      return { ...patch, image };
    },
  };
  const thresholds = async (...volumes: readonly Volume[]) =>
    (await evaluateVolumes(volumes, evaluator))
      .map(({ scores }) => scores.threshold);
  deepStrictEqual(await thresholds(dim), [0.5]);
  deepStrictEqual(await thresholds(shifted), [Math.fround(0.9)]);
  // 0.5 finds all 16 and 12 others, 0.9 finds 8 and no others: 32 / 44 > 16 / 24.
  deepStrictEqual(await thresholds(dim, shifted), [0.5, 0.5]);
  const unlabelled = {
    ...dim,
    read: (...words: Parameters<typeof dim.read>) => {
      const patch = dim.read(...words);
      return { ...patch, mask: patch.mask.fill(0) };
    },
  };
  deepStrictEqual(await thresholds(unlabelled), [null]);
});
