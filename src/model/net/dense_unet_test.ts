import { deepStrictEqual, match, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { ExperimentError, openRng } from "@/core/mod.ts";
import { gradients } from "@/engine/mod.ts";
import {
  assertSameBits,
  enginesAtOnce,
  normalTensor,
  testOnEngines,
  testOpOnEngines,
} from "@test/engines.ts";
import { checkGradients } from "@test/gradients.ts";
import { assertEquals } from "@test/helpers.ts";
import { describeNetwork, layOut } from "../network.ts";
import { drawWeight, sizeOfWeight } from "../weights.ts";
import { nets } from "./mod.ts";

function netOf(options: Record<string, unknown>, levels = 0) {
  const entry = nets.schema.parse({ type: "denseUnet", ...options });
  return nets.create(entry)({ heads: 1, levels });
}

Deno.test("denseUnet() with preset unetPlusPlus has the parameters of U-Net++", () => {
  const net = netOf({ preset: "unetPlusPlus", anisotropicLevels: 0 });
  const filters = [32, 64, 128, 256, 512];
  let expected = filters[0]! + 1; // the head
  filters.forEach((f, i) => {
    for (let j = 0; i + j < 5; j++) {
      const inputs = j === 0 ? filters[i - 1] ?? 1 : (j + 1) * f;
      expected += 27 * (inputs * f + f * f) + 4 * f; // two convolutions
      if (j > 0) expected += 8 * filters[i + 1]! * f + f; // windows of 2 × 2 × 2
    }
  });
  assertEquals(describeNetwork(net, [16, 16, 16]).parameters, expected);
});

Deno.test("denseUnet() reads all blocks before it in the row, and the one below", () => {
  const { stages } = describeNetwork(netOf({ filters: [2, 3, 4] }), [1, 8, 8]);
  const from = Object.fromEntries(stages.map((stop) => [stop.name, stop.from]));
  deepStrictEqual(from["block0_2"], ["block0_0", "block0_1", "up0_2"]);
  deepStrictEqual(from["up0_2"], ["block1_1"]);
  deepStrictEqual(from["block1_0"], ["block0_0"]);
  deepStrictEqual(from["head"], ["block0_2"]);
});

Deno.test("denseUnet() says what it knows at several resolutions", () => {
  const net = netOf({ filters: [2, 3, 4, 5], anisotropicLevels: 2 }, 2);
  const { stages } = describeNetwork(net, [4, 16, 24]);
  const stopOf = (name: string) => stages.find((stop) => stop.name === name)!;
  deepStrictEqual(stopOf("head").shapeVox, [4, 16, 24]);
  deepStrictEqual(stopOf("level1").shapeVox, [4, 8, 12]);
  deepStrictEqual(stopOf("level1").from, ["block1_2"]);
  deepStrictEqual(stopOf("level2").shapeVox, [4, 4, 6]);
  deepStrictEqual(stopOf("level2").from, ["block2_1"]);
});

Deno.test("denseUnet() names axis, level and the nearest extents that fit", () => {
  throws(() => describeNetwork(netOf({}), [4, 20, 16]), (error) => {
    match(`${error}`, /Cannot pool 5 voxels along y by 2 after level 2/);
    match(`${error}`, /Use 16 or 24/);
    return error instanceof ExperimentError;
  });
});

/** A small network with its first weights, those that are trained first. */
function runnable(options: Record<string, unknown>) {
  const network = layOut(netOf({
    filters: [4, 4, 6],
    anisotropicLevels: 1,
    block: { type: "dense", convolutions: 2, growth: 4 },
    ...options,
  }));
  const rng = openRng(3);
  const values = network.weights.map((spec) =>
    tf.tensor(drawWeight(spec, rng), [...spec.shape])
  );
  const trained = network.weights.flatMap((w, i) => w.isTrainable ? [i] : []);
  const apply = (inputs: readonly tf.Tensor[], image: tf.Tensor5D) => {
    const all = [...values];
    inputs.forEach((input, i) => all[trained[i]!] = input);
    return network.apply(all, image, { isTraining: true }).logits[0]!;
  };
  return { network, trained: trained.map((i) => values[i]!), apply };
}

for (
  const form of [
    { norm: { type: "none" }, pooling: "average" },
    { norm: { type: "instance" }, pooling: "convolution", neighbours: 1 },
  ]
) {
  testOnEngines(
    `denseUnet() with ${form.pooling} has the gradients of finite differences`,
    () =>
      tf.tidy(() => {
        const { network, trained, apply } = runnable({
          ...form,
          activation: "gelu",
          block: { type: "plain" },
        });
        const sizes = network.weights.filter((w) => w.isTrainable)
          .map(sizeOfWeight);
        const image = normalTensor<tf.Rank.R5>([1, 2, 8, 8, 1]);
        const flat = tf.concat(trained.map((w) => tf.reshape(w, [-1])));
        checkGradients(
          (flat: tf.Tensor1D) => {
            const parts = tf.split(flat, sizes);
            return apply(
              parts.map((part, i) => tf.reshape(part, trained[i]!.shape)),
              image,
            );
          },
          [flat],
          { step: 3e-4 },
        );
      }),
  );
}

testOpOnEngines("denseUnet() gives the same bits with recompute", () => {
  const image = normalTensor<tf.Rank.R5>([2, 2, 8, 8, 1]);
  const [kept, again] = [false, true].map((recompute) => {
    const { trained, apply } = runnable({ recompute });
    const { value, grads } = gradients(
      (inputs) =>
        tf.mean(tf.square(tf.sub(apply(inputs, image), image))) as tf.Scalar,
      trained,
    );
    return [value, ...grads];
  });
  assertSameBits(kept!, again!);
}, { engines: enginesAtOnce });
