import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, testOpOnEngines } from "@test/engines.ts";
import { regionOf } from "./_region.ts";

/** One voxel with a logit of 2 (a probability of 0.88), others of -2 (0.12). */
function oneCleft(shape: [number, number, number], at: number): tf.Tensor5D {
  const values = new Float32Array(shape[0] * shape[1] * shape[2]).fill(-2);
  values[at] = 2;
  return tf.tensor(values, [1, ...shape, 1]);
}

testOpOnEngines(
  "regionOf() is where the probability is above the threshold",
  () => {
    const logits = tf.tensor5d([-2, 0, 1, 3], [1, 1, 2, 2, 1]);
    const regionAbove = (threshold: number) =>
      regionOf(logits, { threshold, reachVox: [0, 0, 0] });
    assertTensor(regionAbove(0.5), [1, 1, 2, 2, 1], [0, 0, 1, 1]);
    assertTensor(regionAbove(0.9), [1, 1, 2, 2, 1], [0, 0, 0, 1]);
  },
);

testOpOnEngines("regionOf() reaches further along each axis", () => {
  // At section 1, row 1, column 2 of 3 × 3 × 5 voxels.
  const logits = oneCleft([3, 3, 5], 15 + 5 + 2);
  const region = regionOf(logits, { threshold: 0.5, reachVox: [1, 0, 1] });
  const section = [...[0, 0, 0, 0, 0], ...[0, 1, 1, 1, 0], ...[0, 0, 0, 0, 0]];
  assertTensor(region, [1, 3, 3, 5, 1], [...section, ...section, ...section]);
});

testOpOnEngines("regionOf() ends at the image, and keeps samples apart", () => {
  const logits = tf.concat([
    oneCleft([1, 3, 3], 0),
    oneCleft([1, 3, 3], 8),
  ]) as tf.Tensor5D;
  const region = regionOf(logits, { threshold: 0.5, reachVox: [4, 1, 1] });
  assertTensor(region, [2, 1, 3, 3, 1], [
    ...[1, 1, 0, 1, 1, 0, 0, 0, 0],
    ...[0, 0, 0, 0, 1, 1, 0, 1, 1],
  ]);
});
