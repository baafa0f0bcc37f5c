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
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { describeNetwork, layOut } from "../network.ts";
import { drawWeight, sizeOfWeight } from "../weights.ts";
import { nets } from "./mod.ts";

function netOf(options: Record<string, unknown>) {
  const entry = nets.schema.parse({ type: "dLinkNet", ...options });
  return nets.create(entry)({ heads: 1, levels: 0 });
}

/** Those of torchvision without the last layer, but for two channels of 7 × 7. */
const resNets = {
  resnet34: { parameters: 21_284_672, gigaMultiplyAdds: 3.664 },
  resnet50: { parameters: 23_508_032, gigaMultiplyAdds: 4.089 },
  resnet101: { parameters: 42_500_160, gigaMultiplyAdds: 7.801 },
};

for (const [encoder, published] of Object.entries(resNets)) {
  const { stages } = describeNetwork(netOf({ encoder }), [1, 224, 224]);
  const ofResNet = stages.filter(({ name }) => /^(stem|layer)/.test(name));

  Deno.test(`dLinkNet() with ${encoder} has its parameters`, () => {
    const found = ofResNet.reduce((sum, stage) => sum + stage.parameters, 0);
    assertEquals(found + 2 * 49 * 64, published.parameters);
  });

  Deno.test(`dLinkNet() with ${encoder} multiplies as often`, () => {
    const found = ofResNet.reduce((sum, stage) => sum + stage.multiplyAdds, 0);
    const all = found + 2 * 49 * 64 * 112 ** 2;
    // Published with three digits, along with the last layer.
    assertAlmostEquals(all / 1e9, published.gigaMultiplyAdds, 0.003);
  });
}

Deno.test("dLinkNet() has the parameters of D-LinkNet34 after the ResNet", () => {
  const { stages } = describeNetwork(netOf({}), [1, 32, 32]);
  const parametersOf = (name: string) =>
    stages.find((stage) => stage.name === name)!.parameters;
  assertEquals(parametersOf("centre"), 4 * (512 * 9 * 512 + 512));
  // 1 × 1 to a quarter, 3 × 3, 1 × 1 to 256, each with factors and summands.
  assertEquals(
    parametersOf("decoder4"),
    512 * 128 + 9 * 128 * 128 + 128 * 256 + 2 * (128 + 128 + 256),
  );
  assertEquals(
    parametersOf("final"),
    16 * 64 * 32 + 32 + 9 * 32 * 32 + 32,
  );
  assertEquals(parametersOf("head"), 9 * 32 + 1);
});

Deno.test("dLinkNet() dilates further with a deep encoder or less pooling", () => {
  const centreOf = (options: Record<string, unknown>) =>
    layOut(netOf(options)).weights.map(({ name }) => name)
      .filter((name) => /^centre.*kernel$/.test(name)).length;
  assertEquals(centreOf({}), 4);
  assertEquals(centreOf({ encoder: "resnet50" }), 5);
  assertEquals(centreOf({ lessPool: true }), 5);
  assertEquals(centreOf({ dilations: [1, 3] }), 2);
  assertEquals(centreOf({ preset: "linkNet" }), 0);
});

Deno.test("dLinkNet() without the last stage has a centre twice as fine", () => {
  const centreOf = (options: Record<string, unknown>) =>
    describeNetwork(netOf(options), [3, 64, 96]).stages
      .find(({ name }) => name === "centre")!;
  deepStrictEqual(centreOf({}).shapeVox, [3, 2, 3]);
  const finer = centreOf({ lessPool: true });
  deepStrictEqual([finer.shapeVox, finer.channels], [[3, 4, 6], 256]);
});

Deno.test("dLinkNet() says which features each decoder takes", () => {
  const { stages } = describeNetwork(netOf({}), [1, 32, 32]);
  const from = Object.fromEntries(stages.map((stop) => [stop.name, stop.from]));
  deepStrictEqual(from["decoder4"], ["centre", "layer3"]);
  deepStrictEqual(from["decoder1"], ["decoder2"]);
  deepStrictEqual(from["final"], ["decoder1"]);
});

Deno.test("dLinkNet() names axis, level and the nearest extents that fit", () => {
  throws(() => describeNetwork(netOf({}), [7, 64, 72]), (error) => {
    match(`${error}`, /Cannot pool 9 voxels along x by 2 after level 3/);
    match(`${error}`, /Use 64 or 96/);
    return error instanceof ExperimentError;
  });
});

const tiny = { encoder: "resnet18", width: 4, headChannels: 4 };

/** A small network with its first weights. */
function runnable(options: Record<string, unknown>) {
  const network = layOut(netOf({ ...tiny, ...options })), rng = openRng(3);
  const values = network.weights.map((spec) =>
    tf.tensor(drawWeight(spec, rng), [...spec.shape])
  );
  return { network, values };
}

for (const norm of ["batch", "instance"]) {
  for (const neighbours of [0, 1]) {
    testOpOnEngines(
      `dLinkNet() with ${norm} norm sees ${neighbours} sections to each side`,
      () => {
        const { network, values } = runnable({
          norm: { type: norm },
          neighbours,
        });
        const image = normalTensor<tf.Rank.R5>([1, 5, 64, 64, 1]);
        const noise = normalTensor<tf.Rank.R5>([1, 1, 64, 64, 1], 7);
        const beyond = tf.pad(noise, [[0, 0], [4, 0], [0, 0], [0, 0], [0, 0]]);
        const [before, after] = [image, tf.add<tf.Tensor5D>(image, beyond)].map(
          (x) =>
            tf.unstack(
              network.apply(values, x, { isTraining: false }).logits[0]!,
              1,
            ),
        );
        const same = 4 - neighbours; // sections that do not see the last one
        assertSameBits(before!.slice(0, same), after!.slice(0, same));
        for (let z = same; z < 5; z++) {
          const change = tf.max(tf.abs(tf.sub(before![z]!, after![z]!)));
          if (!(change.dataSync()[0]! > 0)) {
            throw new Error(`section ${z} does not see the last one`);
          }
        }
      },
      { engines: enginesAtOnce },
    );
  }
}

testOnEngines(
  "dLinkNet() has the gradients of finite differences",
  () =>
    tf.tidy(() => {
      // Smooth but for the pooling of the stem, whose own gradients are known:
      // with all else moving, the largest voxel may change.
      const { network, values } = runnable({
        activation: "gelu",
        norm: { type: "none" },
        lessPool: true,
        dilations: [1, 2],
      });
      const moving = network.weights.flatMap(({ name }, i) =>
        name.startsWith("stem") ? [] : [i]
      );
      const image = normalTensor<tf.Rank.R5>([1, 2, 32, 32, 1]);
      const flat = tf.concat(moving.map((i) => tf.reshape(values[i]!, [-1])));
      checkGradients(
        (flat: tf.Tensor1D) => {
          const parts = tf.split(
            flat,
            moving.map((i) => sizeOfWeight(network.weights[i]!)),
          );
          const all = [...values];
          moving.forEach((index, i) =>
            all[index] = tf.reshape(parts[i]!, values[index]!.shape)
          );
          return network.apply(all, image, { isTraining: true }).logits[0]!;
        },
        [flat],
        { step: 3e-4 },
      );
    }),
);

testOpOnEngines("dLinkNet() gives the same bits with recompute", () => {
  const image = normalTensor<tf.Rank.R5>([2, 2, 32, 32, 1]);
  const [kept, again] = [false, true].map((recompute) => {
    const { network, values } = runnable({ recompute });
    const trained = network.weights.flatMap((w, i) => w.isTrainable ? [i] : []);
    const { value, grads } = gradients((inputs) => {
      const all = [...values];
      inputs.forEach((input, i) => all[trained[i]!] = input);
      const { logits } = network.apply(all, image, { isTraining: true });
      return tf.mean(tf.square(tf.sub(logits[0]!, image))) as tf.Scalar;
    }, trained.map((i) => values[i]!));
    return [value, ...grads];
  });
  assertSameBits(kept!, again!);
}, { engines: enginesAtOnce });
