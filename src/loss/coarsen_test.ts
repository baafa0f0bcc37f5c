import * as tf from "@tensorflow/tfjs-core";
import { throws } from "node:assert";
import type { Coarsening, Zyx } from "@/core/mod.ts";
import { assertTensor, testOnEngines } from "@test/engines.ts";
import { coarsen } from "./coarsen.ts";

type Rows = readonly (readonly number[])[];

/** One section of 2 × 6 voxels. */
function section(target: Rows, mask: Rows, weight: Rows) {
  const of = (rows: Rows) => tf.tensor5d(rows.flat(), [1, 1, 2, 6, 1]);
  return { target: of(target), mask: of(mask), weight: of(weight) };
}

// Blocks of 2 × 2: a cleft in one voxel; a cleft beside unlabelled voxels;
// no cleft among the labelled voxels.
const labels = () =>
  section(
    [[0, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 0]],
    [[1, 1, 1, 0, 1, 1], [1, 1, 1, 0, 0, 1]],
    [[1, 7, 5, 9, 2, 4], [3, 1, 1, 9, 9, 3]],
  );

function check(
  how: Coarsening,
  expected: { target: number[]; mask: number[]; weight: number[] },
) {
  const grid: Zyx = [1, 1, 3];
  const found = coarsen(labels(), { gridVox: grid, how });
  for (const key of ["target", "mask", "weight"] as const) {
    assertTensor(found[key], [1, ...grid, 1], expected[key]);
  }
}

testOnEngines(
  "coarsen() takes each channel of a vector for itself",
  () =>
    tf.tidy(() => {
      const vectors = tf.tensor5d([1, 0, 3, 8, 5, 6], [1, 1, 1, 3, 2]);
      const of = (...values: number[]) => tf.tensor5d(values, [1, 1, 1, 3, 1]);
      const { target, mask } = coarsen(
        { target: vectors, mask: of(1, 1, 0), weight: of(1, 1, 1) },
        { gridVox: [1, 1, 1], how: "mean" },
      );
      assertTensor(target, [1, 1, 1, 1, 2], [2, 4]);
      assertTensor(mask, [1, 1, 1, 1, 1], [1]);
    }),
);

testOnEngines(
  "coarsen() by max keeps clefts and what is known for certain",
  () =>
    tf.tidy(() =>
      check("max", {
        target: [1, 1, 0],
        mask: [1, 1, 0], // the last block might have a cleft
        weight: [7, 5, 3], // (2 + 4 + 3) / 3
      })
    ),
);

testOnEngines(
  "coarsen() by mean averages labelled voxels",
  () =>
    tf.tidy(() =>
      check("mean", {
        target: [1 / 4, 1 / 2, 0],
        mask: [1, 1, 1],
        weight: [3, 3, 3],
      })
    ),
);

testOnEngines(
  "coarsen() by nearest takes the voxel at the middle",
  () =>
    tf.tidy(() =>
      check("nearest", {
        target: [0, 1, 0],
        mask: [1, 0, 1],
        weight: [1, 9, 3],
      })
    ),
);

testOnEngines(
  "coarsen() brings distances to borders along, negative where a block is cleft",
  () =>
    tf.tidy(() => {
      const distances = [[4, -4, -4, 0, 8, 12], [5, 4, 4, -4, 0, 13]];
      const distanceNm = tf.tensor5d(distances.flat(), [1, 1, 2, 6, 1]);
      const truth = { ...labels(), distanceNm };
      const nearest = (how: Coarsening) =>
        coarsen(truth, { gridVox: [1, 1, 3], how }).distanceNm!;
      assertTensor(nearest("max"), [1, 1, 1, 3, 1], [-4, -4, 0]);
      assertTensor(nearest("mean"), [1, 1, 1, 3, 1], [9 / 4, 0, 11]);
      assertTensor(nearest("nearest"), [1, 1, 1, 3, 1], [4, -4, 13]);
    }),
);

testOnEngines("coarsen() is 0 in a block without labels", () =>
  tf.tidy(() => {
    const none = tf.zeros<tf.Rank.R5>([1, 2, 2, 2, 1]);
    const ones = tf.onesLike(none);
    for (const how of ["max", "mean"] as const) {
      const truth = { target: ones, mask: none, weight: ones };
      const { target, mask, weight } = coarsen(truth, {
        gridVox: [1, 1, 1],
        how,
      });
      for (const x of [target, mask, weight]) {
        assertTensor(x, [1, 1, 1, 1, 1], [0]);
      }
    }
  }));

testOnEngines(
  "coarsen() pools every axis of every sample",
  () =>
    tf.tidy(() => {
      const target = tf.tensor5d(
        Float32Array.from({ length: 2 * 4 * 4 * 8 }, (_, i) => i),
        [2, 4, 4, 8, 1],
      );
      const ones = tf.onesLike(target);
      const truth = { target, mask: ones, weight: ones };
      const { target: mean } = coarsen(truth, {
        gridVox: [2, 1, 4],
        how: "mean",
      });
      // z, y and x of a block average 0.5, 1.5 and 0.5 voxels from its first
      const first = [0, 2].flatMap((z) =>
        [0, 2, 4, 6].map((x) => (z + .5) * 32 + 1.5 * 8 + x + .5)
      );
      const both = [...first, ...first.map((v) => v + 128)];
      assertTensor(mean, [2, 2, 1, 4, 1], both, 1e-3);
      const { target: middle } = coarsen(truth, {
        gridVox: [2, 1, 4],
        how: "nearest",
      });
      assertTensor(
        middle,
        [2, 2, 1, 4, 1],
        [0, 128].flatMap((n) =>
          [1, 3].flatMap((z) => [1, 3, 5, 7].map((x) => n + z * 32 + 16 + x))
        ),
      );
    }),
);

Deno.test("coarsen() refuses a grid that does not divide", () => {
  tf.tidy(() =>
    throws(
      () => coarsen(labels(), { gridVox: [1, 1, 4], how: "max" }),
      /6 voxels along x to 4/,
    )
  );
});
