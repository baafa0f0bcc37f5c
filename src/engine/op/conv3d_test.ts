import * as tf from "@tensorflow/tfjs-core";
import { throws } from "node:assert";
import { assertTensor, normalTensor, testOpOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { conv3d, type ConvOptions } from "./conv3d.ts";

testOpOnEngines("conv3d() slides a kernel over zeros outside", () => {
  const x = tf.tensor5d([1, 2, 3, 4], [1, 1, 1, 4, 1]);
  const kernel = tf.tensor5d([1, 10, 100], [1, 1, 3, 1, 1]);

  // Each output is left + 10 * centre + 100 * right.
  assertTensor(conv3d(x, kernel), [1, 1, 1, 4, 1], [210, 321, 432, 43]);
});

testOpOnEngines("conv3d() with a stride keeps every second place", () => {
  const x = tf.tensor5d([1, 2, 3, 4], [1, 1, 1, 4, 1]);
  const kernel = tf.tensor5d([1, 10, 100], [1, 1, 3, 1, 1]);

  // One zero of padding, at the far end: windows 1 2 3 and 3 4 0.
  const y = conv3d(x, kernel, { strides: [1, 1, 2] });
  assertTensor(y, [1, 1, 1, 2, 1], [321, 43]);
});

testOpOnEngines(
  "conv3d() with a stride above its kernel keeps the first",
  () => {
    const x = tf.tensor5d([1, 2, 3, 4], [1, 1, 1, 4, 1]);
    const kernel = tf.tensor5d([10], [1, 1, 1, 1, 1]);
    const y = conv3d(x, kernel, { strides: [1, 1, 2] });
    assertTensor(y, [1, 1, 1, 2, 1], [10, 30]);
  },
);

testOpOnEngines("conv3d() with a dilation spreads the taps", () => {
  const x = tf.tensor5d([1, 2, 3, 4], [1, 4, 1, 1, 1]);
  const kernel = tf.tensor5d([1, 10, 100], [3, 1, 1, 1, 1]);

  // Each output is two before + 10 * centre + 100 * two after.
  const y = conv3d(x, kernel, { dilations: [2, 1, 1] });
  assertTensor(y, [1, 4, 1, 1, 1], [310, 420, 31, 42]);
});

testOpOnEngines("conv3d() with taps beyond the image reads zeros there", () => {
  const x = tf.tensor5d([1, 2, 3], [1, 1, 1, 3, 1]);
  const kernel = tf.tensor5d([1, 10, 100], [1, 1, 3, 1, 1]);
  const y = conv3d(x, kernel, { dilations: [1, 1, 8] });
  assertTensor(y, [1, 1, 1, 3, 1], [10, 20, 30]);
});

const cases: [string, number[], number[], ConvOptions][] = [
  ["a full kernel", [2, 3, 5, 6, 2], [3, 3, 3, 2, 5], {}],
  ["an even kernel", [1, 3, 5, 6, 5], [2, 2, 2, 5, 2], {}],
  ["a kernel of one voxel", [2, 3, 4, 5, 3], [1, 1, 1, 3, 2], {}],
  ["strides", [1, 4, 5, 8, 2], [3, 3, 3, 2, 3], { strides: [2, 2, 2] }],
  ["strides within sections", [1, 3, 6, 8, 2], [1, 1, 1, 2, 3], {
    strides: [1, 2, 2],
  }],
  ["dilations", [1, 5, 6, 8, 2], [3, 3, 3, 2, 3], { dilations: [2, 2, 3] }],
  ["dilations within sections", [2, 2, 9, 8, 3], [1, 3, 3, 3, 2], {
    dilations: [1, 4, 4],
  }],
  ["dilations beyond the image", [1, 2, 3, 4, 2], [3, 3, 3, 2, 3], {
    dilations: [8, 8, 8],
  }],
];

for (const [what, shape, kernelShape, options] of cases) {
  testOpOnEngines(`conv3d() with ${what} has the gradients of it`, () => {
    checkGradients(
      (x: tf.Tensor5D, kernel: tf.Tensor5D) => conv3d(x, kernel, options),
      [
        normalTensor(shape as tf.ShapeMap["R5"], 1),
        normalTensor(kernelShape as tf.ShapeMap["R5"], 2),
      ],
    );
  });
}

testOpOnEngines("conv3d() refuses channels that disagree", () => {
  const x = tf.zeros<tf.Rank.R5>([1, 1, 4, 4, 3]);
  const kernel = tf.zeros<tf.Rank.R5>([1, 3, 3, 2, 1]);
  throws(() => conv3d(x, kernel), {
    name: "RangeError",
    message: "Cannot convolve an image of shape [1,1,4,4,3] with a kernel of" +
      " shape [1,3,3,2,1]: the kernel reads 2 channels",
  });
});

testOpOnEngines("conv3d() refuses strides along with dilations", () => {
  const x = tf.zeros<tf.Rank.R5>([1, 1, 4, 4, 1]);
  const kernel = tf.zeros<tf.Rank.R5>([1, 3, 3, 1, 1]);
  const both = { strides: [1, 2, 2], dilations: [1, 2, 2] } as const;
  throws(() => conv3d(x, kernel, both), RangeError);
});

testOpOnEngines(
  "conv3d() that is centred has its middle on what it keeps",
  () => {
    const x = tf.tensor5d([1, 2, 3, 4], [1, 1, 1, 4, 1]);
    const kernel = tf.tensor5d([1, 10, 100], [1, 1, 3, 1, 1]);
    const options = { strides: [1, 1, 2], isCentred: true } as const;

    // Around voxels 0 and 2: windows 0 1 2 and 2 3 4.
    assertTensor(conv3d(x, kernel, options), [1, 1, 1, 2, 1], [210, 432]);
    // An odd extent, whose padding is even anyway: 0 1 2 and 2 3 0.
    const odd = tf.slice(x, [0, 0, 0, 0, 0], [1, 1, 1, 3, 1]);
    assertTensor(conv3d(odd, kernel, options), [1, 1, 1, 2, 1], [210, 32]);
    // A kernel of one voxel, and a stride of 3 around voxels 0 and 3.
    const one = tf.tensor5d([10], [1, 1, 1, 1, 1]);
    assertTensor(conv3d(x, one, options), [1, 1, 1, 2, 1], [10, 30]);
    assertTensor(
      conv3d(x, kernel, { strides: [1, 1, 3], isCentred: true }),
      [1, 1, 1, 2, 1],
      [210, 43],
    );
  },
);

testOpOnEngines("conv3d() that is centred has the gradients of it", () => {
  checkGradients(
    (x: tf.Tensor5D, kernel: tf.Tensor5D) =>
      conv3d(x, kernel, { strides: [1, 2, 2], isCentred: true }),
    [
      normalTensor<tf.Rank.R5>([2, 2, 8, 9, 2], 1),
      normalTensor<tf.Rank.R5>([1, 7, 3, 2, 3], 2),
    ],
  );
});

testOpOnEngines("conv3d() refuses to centre a kernel without a middle", () => {
  const x = tf.zeros<tf.Rank.R5>([1, 1, 4, 4, 1]);
  const kernel = tf.zeros<tf.Rank.R5>([1, 3, 2, 1, 1]);
  const options = { strides: [1, 2, 2], isCentred: true } as const;
  throws(() => conv3d(x, kernel, options), /a kernel of 2 voxels along x/);
});
