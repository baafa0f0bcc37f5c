import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { assertAlmostEquals } from "@test/helpers.ts";
import { conv3d } from "./conv3d.ts";
import { convTranspose3d } from "./conv_transpose3d.ts";

testOpOnEngines("convTranspose3d() paints the kernel at each voxel", () => {
  const x = tf.tensor5d([1, 3], [1, 1, 1, 2, 1]);
  const kernel = tf.tensor5d([1, 2], [1, 1, 2, 1, 1]);

  const y = convTranspose3d(x, kernel, [1, 1, 2]);
  assertTensor(y, [1, 1, 1, 4, 1], [1, 2, 3, 6]);
});

testOpOnEngines("convTranspose3d() is the adjoint of conv3d()", () => {
  const strides = [2, 2, 2] as const;
  const kernel = normalTensor<tf.Rank.R5>([3, 3, 3, 2, 4], 1);
  const wide = normalTensor<tf.Rank.R5>([1, 4, 6, 8, 2], 2);
  const small = normalTensor<tf.Rank.R5>([1, 2, 3, 4, 4], 3);
  const dot = (a: tf.Tensor, b: tf.Tensor) =>
    tf.sum(tf.mul(a, b)).dataSync()[0]!;

  // <K wide, small> = <wide, K* small>
  assertAlmostEquals(
    dot(conv3d(wide, kernel, { strides }), small),
    dot(wide, convTranspose3d(small, kernel, strides)),
    1e-3,
  );
});

testOpOnEngines("convTranspose3d() has the gradients of it", () => {
  checkGradients(
    (x: tf.Tensor5D, kernel: tf.Tensor5D) =>
      convTranspose3d(x, kernel, [1, 2, 2]),
    [
      normalTensor<tf.Rank.R5>([2, 3, 4, 3, 3], 1),
      normalTensor<tf.Rank.R5>([3, 3, 3, 2, 3], 2),
    ],
  );
});

testOpOnEngines(
  "convTranspose3d() that is centred paints around voxels",
  () => {
    const x = tf.tensor5d([1, 3], [1, 1, 1, 2, 1]);
    const odd = tf.tensor5d([1, 10, 100], [1, 1, 3, 1, 1]);

    // 1 paints 1 10 100 around voxel 0, 3 paints 3 30 300 around voxel 2.
    const y = convTranspose3d(x, odd, [1, 1, 2], { isCentred: true });
    assertTensor(y, [1, 1, 1, 4, 1], [10, 100 + 3, 30, 300]);
  },
);

testOpOnEngines("convTranspose3d() paints even kernels to both sides", () => {
  const x = tf.tensor5d([1, 3], [1, 1, 1, 2, 1]);
  const even = tf.tensor5d([1, 10, 100, 1000], [1, 1, 4, 1, 1]);

  // As PyTorch with a padding of 1: voxel j paints voxels 2 j - 1 to 2 j + 2.
  const y = convTranspose3d(x, even, [1, 1, 2]);
  assertTensor(y, [1, 1, 1, 4, 1], [10, 100 + 3, 1000 + 30, 300]);
});

testOpOnEngines(
  "convTranspose3d() that is centred has the gradients of it",
  () => {
    checkGradients(
      (x: tf.Tensor5D, kernel: tf.Tensor5D) =>
        convTranspose3d(x, kernel, [1, 2, 2], { isCentred: true }),
      [
        normalTensor<tf.Rank.R5>([2, 2, 4, 3, 3], 1),
        normalTensor<tf.Rank.R5>([1, 3, 3, 2, 3], 2),
      ],
    );
  },
);
