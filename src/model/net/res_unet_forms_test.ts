import { deepStrictEqual, match, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { ExperimentError, openRng } from "@/core/mod.ts";
import { gradients } from "@/engine/mod.ts";
import { normalTensor, testOnEngines } from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { assertEquals } from "@test/helpers.ts";
import { activationNames } from "../activation.ts";
import { blocks } from "../block/mod.ts";
import { kernelInits } from "../init.ts";
import { describeNetwork, layOut, type Network } from "../network.ts";
import { norms } from "../norm/mod.ts";
import { drawWeight, sizeOfWeight } from "../weights.ts";
import { nets } from "./mod.ts";

function netOf(options: Record<string, unknown>) {
  return nets.create(nets.schema.parse({
    type: "resUnet",
    filters: [8, 8, 16],
    anisotropicLevels: 1,
    ...options,
  }))({ heads: 1, levels: 0 });
}

function draw(network: Network): tf.Tensor[] {
  const rng = openRng(1);
  return network.weights.map((spec) =>
    tf.tensor(drawWeight(spec, rng), [...spec.shape])
  );
}

/** Every value of every option that changes what the network computes. */
const forms: Record<string, unknown>[] = [
  { preset: "report" },
  { preset: "plus", filters: [8, 8, 16] },
  { preset: "unet3d", filters: [8, 8, 16] },
  {
    preset: "vnet",
    filters: [4, 4, 6],
    kernelsVox: new Array(3).fill([5, 5, 5]),
  },
  { preset: "nnUnet", filters: [8, 8, 16] },
  { centre: { type: "dLink" } },
  ...blocks.components.map(({ name: type }) => ({ block: { type } })),
  { isotropicBlock: { type: "plain" } },
  ...norms.components.map(({ name: type }) => ({ norm: { type } })),
  { norm: { type: "batch", frozen: true } },
  ...activationNames.map((activation) => ({ activation })),
  ...kernelInits.map((init) => ({ init })),
  ...["max", "average", "convolution"].map((pooling) => ({ pooling })),
  ...["trilinear", "nearest", "transposed"].map((upsampling) => ({
    upsampling,
  })),
  ...["sum", "concatenation"].map((skip) => ({ skip })),
  { neighbours: 1 },
  { upKernelVox: [1, 1, 1], headKernelVox: [3, 3, 3] },
  { kernelsVox: [[1, 3, 3], [3, 3, 3], [1, 5, 3]] },
  { poolsVox: [[2, 1, 2], [1, 2, 2]] },
];

for (const form of forms) {
  const what = `resUnet() with ${JSON.stringify(form)}`;

  testOnEngines(
    `${what} gives logits and a gradient for every weight`,
    () =>
      tf.tidy(() => {
        const network = layOut(netOf(form));
        const image = normalTensor<tf.Rank.R5>([2, 4, 8, 8, 1]);
        const values = draw(network);
        const resting = network.apply(values, image, { isTraining: false });
        deepStrictEqual(resting.logits[0]!.shape, [2, 4, 8, 8, 1]);
        const trained = network.weights.flatMap((w, i) =>
          w.isTrainable ? [i] : []
        );
        const { grads } = gradients((inputs) => {
          const all = [...values];
          inputs.forEach((input, i) => all[trained[i]!] = input);
          const { logits } = network.apply(all, image, { isTraining: true });
          return tf.mean(tf.square(tf.sub(logits[0]!, image))) as tf.Scalar;
        }, trained.map((i) => values[i]!));
        grads.forEach((gradient, i) => {
          const { name } = network.weights[trained[i]!]!;
          if (tf.max(tf.abs(gradient)).dataSync()[0]! > 0) return;
          throw new Error(`no gradient reaches ${name}`);
        });
      }),
  );
}

/** Together they have every operation; smooth, as finite differences want it. */
const smooth = [
  {
    pooling: "average",
    upsampling: "transposed",
    skip: "concatenation",
    activation: "gelu",
    norm: { type: "group" },
  },
  {
    pooling: "convolution",
    upsampling: "trilinear",
    skip: "sum",
    activation: "swish",
    block: { type: "dilated" },
    neighbours: 1,
  },
];

for (const form of smooth) {
  testOnEngines(
    `resUnet() with ${form.pooling} and ${form.upsampling} has the gradients of finite differences`,
    () =>
      tf.tidy(() => {
        const network = layOut(netOf(form));
        const { weights } = network;
        const trained = weights.filter((w) => w.isTrainable);
        const values = draw(network);
        const flat = tf.concat(
          values.filter((_, i) => weights[i]!.isTrainable)
            .map((value) => tf.reshape(value, [-1])),
        );
        const image = normalTensor<tf.Rank.R5>([2, 4, 8, 8, 1]);
        checkGradients(
          (flat: tf.Tensor1D) => {
            const parts = tf.split(flat, trained.map(sizeOfWeight)).values();
            const all = weights.map((spec, i) =>
              spec.isTrainable
                ? tf.reshape(parts.next().value!, [...spec.shape])
                : values[i]!
            );
            return network.apply(all, image, { isTraining: true }).logits[0]!;
          },
          [flat],
          { step: 3e-4 },
        );
      }),
  );
}

function parametersOf(options: Record<string, unknown>): number {
  return describeNetwork(netOf(options), [4, 8, 8]).parameters;
}

Deno.test("resUnet() with transposed convolutions has their windows as kernels", () => {
  // (1, 2, 2) from 8 to 8 channels and (2, 2, 2) from 16 to 8, for flat ones and cubes.
  assertEquals(
    parametersOf({ upsampling: "transposed" }) - parametersOf({}),
    (4 - 9) * 8 * 8 + (8 - 27) * 16 * 8,
  );
});

Deno.test("resUnet() with concatenation reads twice the channels going up", () => {
  // The first convolutions of decoder0 (flat, 8 + 8 to 8) and decoder1 (cubic).
  assertEquals(
    parametersOf({ skip: "concatenation" }) - parametersOf({}),
    9 * 8 * 8 + 27 * 8 * 8,
  );
});

Deno.test("resUnet() with neighbours sees as many more sections", () => {
  const [alone, beside] = [0, 2].map((neighbours) =>
    describeNetwork(netOf({ neighbours }), [4, 8, 8]).receptiveVox
  );
  deepStrictEqual(beside, [alone![0] + 4, alone![1], alone![2]]);
});

Deno.test("resUnet() has as many weights with recompute, under the same names", () => {
  const namesOf = (options: Record<string, unknown>) =>
    layOut(netOf(options)).weights.map(({ name }) => name);
  deepStrictEqual(namesOf({ recompute: true }), namesOf({}));
});

function assertRefused(run: () => unknown, ...says: RegExp[]): void {
  throws(run, (error) => {
    for (const pattern of says) match(`${error}`, pattern);
    return error instanceof ExperimentError;
  });
}

Deno.test("resUnet() refuses a patch smaller than a voxel of its last level", () => {
  const net = netOf({ filters: [4, 4, 4, 4], anisotropicLevels: 4 });
  assertRefused(
    () => describeNetwork(net, [2, 16, 4]),
    /Cannot reach level 3 with a patch of 4 voxels along x/,
    /each of its own stands for 8 of them/,
    /Use 8, or at most 3 levels/,
  );
});

Deno.test("resUnet() refuses groups that do not divide the channels", () => {
  const net = netOf({ filters: [12, 24], norm: { type: "group" } });
  assertRefused(
    () => describeNetwork(net, [4, 8, 8]),
    /Cannot divide 12 channels into 8 groups/,
    /Use 1, 2, 3, 4, 6, 12, or filters that are multiples of 8/,
  );
});

Deno.test("resUnet() refuses lists that do not fit its levels", () => {
  assertRefused(
    () => netOf({ poolsVox: [[1, 2, 2]] }),
    /Cannot use 1 values of poolsVox: 2 are needed/,
  );
  assertRefused(
    () => netOf({ kernelsVox: [[1, 3, 3]] }),
    /Cannot use 1 values of kernelsVox: 3 are needed/,
  );
});

Deno.test("resUnet() takes kernels with a middle only", () => {
  throws(() => netOf({ upKernelVox: [2, 3, 3] }), /kernels have odd extents/);
});
