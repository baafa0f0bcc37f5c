import { deepStrictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, testOpOnEngines } from "@test/engines.ts";
import { inRegion } from "./in_region.ts";

const row = (...values: number[]): tf.Tensor5D =>
  tf.tensor5d(values, [1, 1, 1, values.length, 1]);
const ones = (count: number) => row(...new Array(count).fill(1));

testOpOnEngines(
  "inRegion() weighs as the refining stage is asked (SMP-6)",
  () => {
    const { weight } = inRegion({
      target: row(1, 0, 0, 0, 0, 0),
      mask: ones(6),
      weight: ones(6),
    }, { region: row(1, 1, 1, 1, 0, 0), values: "labels" });
    // f = 1/4: label * (1 - f) / f + (1 - label) * roi.
    assertTensor(weight, [1, 1, 1, 6, 1], [3, 1, 1, 1, 0, 0]);
  },
);

testOpOnEngines("inRegion() looks at each sample by itself", () => {
  const target = tf.tensor5d([1, 0, 0, 1, 1, 0], [2, 1, 1, 3, 1]);
  const all = tf.ones<tf.Rank.R5>([2, 1, 1, 3, 1]);
  const { weight } = inRegion({ target, mask: all, weight: all }, {
    region: all,
    values: "labels",
  });
  assertTensor(weight, [2, 1, 1, 3, 1], [2, 1, 1, 0.5, 0.5, 1]);
});

testOpOnEngines("inRegion() counts clefts that the region misses", () => {
  const truth = { target: row(1, 1, 1, 0), mask: ones(4), weight: ones(4) };
  // f = 3/4 of what is cleft or in the region; 3/1 would be negative weights.
  const third = 1 / 3;
  assertTensor(
    inRegion(truth, { region: row(0, 0, 0, 1), values: "labels" }).weight,
    [1, 1, 1, 4, 1],
    [third, third, third, 1],
  );
  // Nothing else is asked: both classes weigh nothing.
  assertTensor(
    inRegion(truth, { region: row(0, 0, 0, 0), values: "labels" }).weight,
    [1, 1, 1, 4, 1],
    [0, 0, 0, 0],
  );
});

testOpOnEngines(
  "inRegion() weighs a region without clefts, and few of them",
  () => {
    const none = { target: row(0, 0), mask: ones(2), weight: ones(2) };
    assertTensor(
      inRegion(none, { region: row(1, 0), values: "labels" }).weight,
      [1, 1, 1, 2, 1],
      [1, 0],
    );
    const many = 20_000, target = new Float32Array(many);
    target[0] = 1; // a share of 0.00005, less than 0.0001
    const all = ones(many);
    const { weight } = inRegion({
      target: row(...target),
      mask: all,
      weight: all,
    }, { region: all, values: "labels" });
    assertTensor(tf.slice(weight, 0, 1).reshape([many]).slice(0, 2), [2], [
      9999,
      1,
    ], 0.01);
  },
);

testOpOnEngines("inRegion() ignores what is not labelled", () => {
  const { weight } = inRegion({
    target: row(1, 1, 0, 0),
    mask: row(1, 0, 1, 0),
    weight: ones(4),
  }, { region: ones(4), values: "labels" });
  const [cleft, , rest] = weight.dataSync();
  deepStrictEqual([cleft, rest], [1, 1]); // one labelled voxel of each class
});

testOpOnEngines(
  "inRegion() keeps the weights of other voxels, and of distances",
  () => {
    const truth = {
      target: row(1, 0, 0),
      mask: ones(3),
      weight: row(7, 0.5, 0.25),
    };
    assertTensor(
      inRegion(truth, { region: row(1, 1, 0), values: "labels" }).weight,
      [1, 1, 1, 3, 1],
      [1, 0.5, 0],
    );
    assertTensor(
      inRegion(truth, { region: row(1, 1, 0), values: "distances" }).weight,
      [1, 1, 1, 3, 1],
      [7, 0.5, 0],
    );
  },
);
