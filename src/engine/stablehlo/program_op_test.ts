import * as tf from "@tensorflow/tfjs-core";
import { normalTensor } from "@test/engines.ts";
import {
  avgPool3d,
  batchNorm,
  conv3d,
  convTranspose3d,
  dropout,
  gelu,
  gradients,
  groupNorm,
  leakyRelu,
  maxPool3d,
  maxPoolCentred,
  recompute,
  relu,
  select,
  swish,
  upsample3d,
} from "../op/mod.ts";
import { compareFunctions, type FunctionCase } from "./_function_testing.ts";
import { testAgainstTensorFlow } from "./_testing.ts";

type Volume = tf.Tensor5D;
type Row = tf.Tensor1D;
type Op = (...inputs: never[]) => tf.Tensor;

const image = (...shape: tf.ShapeMap["R5"]) => normalTensor<tf.Rank.R5>(shape);
const row = (n: number, seed: number) => normalTensor<tf.Rank.R1>([n], seed);
const seed = () => tf.tensor1d([7, -8], "int32");

/** What an operation gives, and its gradient by every input that is a float. */
function withGradients(
  op: Op,
  inputs: readonly tf.Tensor[],
): FunctionCase["f"] {
  const isFloat = inputs.map(({ dtype }) => dtype === "float32");
  return (all) => {
    const compute = (floats: readonly tf.Tensor[]) => {
      const queue = floats.values();
      const given = all.map((x, i) => isFloat[i] ? queue.next().value! : x);
      return op(...given as never[]);
    };
    const floats = all.filter((_, i) => isFloat[i]);
    const value = compute(floats);
    const pull = normalTensor(value.shape, 9);
    const { grads } = gradients(
      (xs) => tf.sum(tf.mul(compute(xs), pull)) as tf.Scalar,
      floats,
    );
    return [value, ...grads];
  };
}

/** Every operation of ours, with inputs. */
const operations = (): Record<string, [Op, ...tf.Tensor[]]> => ({
  relu: [(x: Volume) => relu(x), image(1, 2, 3, 4, 2)],
  leakyRelu: [(x: Volume) => leakyRelu(x, 0.01), image(1, 2, 3, 4, 2)],
  elu: [(x: Volume) => tf.elu(x), image(1, 2, 3, 4, 2)],
  gelu: [(x: Volume) => gelu(x), image(1, 2, 3, 4, 2)],
  swish: [(x: Volume) => swish(x), image(1, 2, 3, 4, 2)],
  select: [
    (x: Volume, y: Volume) => select(tf.greater(x, 0), x, y),
    image(1, 2, 3, 4, 2),
    tf.neg(image(1, 2, 3, 4, 2)),
  ],
  batchNorm: [
    (x: Volume, gamma: Row, beta: Row) =>
      batchNorm(x, gamma, beta, { epsilon: 1e-5 }).y,
    image(2, 3, 4, 4, 3),
    row(3, 2),
    row(3, 3),
  ],
  groupNorm: [
    (x: Volume, gamma: Row, beta: Row) =>
      groupNorm(x, gamma, beta, { groups: 2, epsilon: 1e-5 }),
    image(2, 3, 4, 4, 4),
    row(4, 2),
    row(4, 3),
  ],
  "conv3d with strides": [
    (x: Volume, kernel: Volume) => conv3d(x, kernel, { strides: [1, 2, 2] }),
    image(1, 3, 5, 6, 2),
    image(3, 3, 3, 2, 3),
  ],
  "conv3d that is centred": [
    (x: Volume, kernel: Volume) =>
      conv3d(x, kernel, { strides: [1, 2, 2], isCentred: true }),
    image(1, 3, 6, 6, 2),
    image(1, 7, 7, 2, 3),
  ],
  "conv3d with dilations": [
    (x: Volume, kernel: Volume) => conv3d(x, kernel, { dilations: [1, 4, 4] }),
    image(1, 2, 9, 9, 2),
    image(1, 3, 3, 2, 3),
  ],
  "conv3d of single voxels": [
    (x: Volume, kernel: Volume) => conv3d(x, kernel),
    image(1, 2, 3, 4, 2),
    image(1, 1, 1, 2, 3),
  ],
  convTranspose3d: [
    (x: Volume, kernel: Volume) => convTranspose3d(x, kernel, [1, 2, 2]),
    image(1, 2, 3, 3, 2),
    image(1, 2, 2, 3, 2),
  ],
  "convTranspose3d that is centred": [
    (x: Volume, kernel: Volume) =>
      convTranspose3d(x, kernel, [1, 2, 2], { isCentred: true }),
    image(1, 2, 3, 3, 2),
    image(1, 3, 3, 3, 2),
  ],
  "maxPool3d of sections": [
    (x: Volume) => maxPool3d(x, [1, 2, 2]),
    image(1, 2, 4, 6, 2),
  ],
  "maxPool3d of volumes": [
    (x: Volume) => maxPool3d(x, [2, 2, 2]),
    image(1, 4, 4, 6, 2),
  ],
  maxPoolCentred: [
    (x: Volume) => maxPoolCentred(x, 3, 2),
    image(1, 2, 6, 8, 2),
  ],
  avgPool3d: [(x: Volume) => avgPool3d(x, [2, 2, 2]), image(1, 4, 4, 6, 2)],
  "upsample3d, trilinear": [
    (x: Volume) => upsample3d(x, [2, 2, 2], "trilinear"),
    image(1, 2, 3, 4, 2),
  ],
  "upsample3d, nearest": [
    (x: Volume) => upsample3d(x, [2, 3, 3], "nearest"),
    image(1, 2, 3, 4, 2),
  ],
  dropout: [
    (x: Volume, seed: Row) => dropout(x, { rate: 0.3, drops: "voxels", seed }),
    image(1, 2, 3, 4, 2),
    seed(),
  ],
  "dropout of channels": [
    (x: Volume, seed: Row) =>
      dropout(x, { rate: 0.3, drops: "channels", seed }),
    image(2, 2, 3, 4, 5),
    seed(),
  ],
  recompute: [
    recompute((x: Volume, kernel: tf.Tensor) =>
      swish(conv3d(x, kernel as Volume))
    ),
    image(1, 2, 4, 4, 2),
    image(1, 3, 3, 2, 2),
  ],
});

testAgainstTensorFlow(
  "our operations and their gradients are TensorFlow's",
  (client) =>
    compareFunctions(
      client,
      () =>
        Object.entries(operations()).map(([name, [op, ...inputs]]) => ({
          name,
          f: withGradients(op, inputs),
          inputs,
        })),
    ),
);
