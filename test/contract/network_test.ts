import { deepStrictEqual, match, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { ExperimentError, openRng, type Zyx } from "@/core/mod.ts";
import { gradients, isNativeReady } from "@/engine/mod.ts";
import {
  describeNetwork,
  drawWeight,
  layOut,
  type Net,
  type NetOutputs,
  nets,
} from "@/model/mod.ts";
import {
  assertSameBits,
  engineForTests,
  normalTensor,
  testOnEngines,
} from "@test/engines.ts";

/** A small member of each kind with a patch, so that tests stay quick. */
const small: Record<
  string,
  {
    options: Record<string, unknown>;
    patchVox: Zyx;
    /** What to change for a receptive field that is not too large to measure. */
    narrow?: Record<string, unknown>;
    /** The smallest patch that fits what is so changed, if it is another one. */
    narrowVox?: Zyx;
    /** Coarser levels that it has to say, if any. */
    least?: number;
  }
> = {
  resUnet: {
    options: { filters: [2, 3, 4], anisotropicLevels: 1 },
    patchVox: [2, 8, 8],
  },
  dLinkNet: {
    options: { encoder: "resnet18", width: 4, headChannels: 4 },
    patchVox: [2, 64, 64],
    narrow: { width: 2, lessPool: true, dilations: [2], neighbours: 1 },
    narrowVox: [2, 32, 32],
  },
  denseUnet: {
    options: {
      filters: [2, 3, 4],
      anisotropicLevels: 1,
      block: { type: "dense", convolutions: 2, growth: 2 },
    },
    patchVox: [2, 8, 8],
  },
  refine: {
    options: {
      base: { type: "resUnet", filters: [2, 3, 4], anisotropicLevels: 1 },
      filters: [3, 4],
    },
    patchVox: [2, 8, 8],
    // The region ends where the second stage sees the last of a bright plane.
    narrow: { filters: [3], reachVox: [0, 2, 2] },
    least: 1,
  },
};

for (const { name } of nets.components) {
  if (!small[name]) {
    Deno.test(`${name}() is tried as the others are`, () => {
      throw new Error(
        "add a line for it to small in test/contract/network_test.ts",
      );
    });
    continue;
  }
  const { options, patchVox, least = 0 } = small[name];
  const build = nets.create(nets.schema.parse({ type: name, ...options }));
  const most = mostLevels(build);
  const one: NetOutputs = { heads: 1, levels: least };
  const several = { heads: 3, levels: most };

  for (const outputs of [one, several]) {
    const { heads, levels } = outputs;
    const net = build(outputs), network = layOut(net);
    const what = `${name}() with ${heads} heads and ${levels} levels`;
    const draw = () => {
      const rng = openRng(1);
      return network.weights.map((spec) =>
        tf.tensor(drawWeight(spec, rng), [...spec.shape])
      );
    };
    const seed = () => tf.tensor1d([3, 4], "int32");

    testOnEngines(
      `${what} maps an image to logits of its grid, then of coarser ones`,
      () =>
        tf.tidy(() => {
          const image = normalTensor<tf.Rank.R5>([2, ...patchVox, 1]);
          for (const isTraining of [true, false]) {
            const { logits } = network.apply(draw(), image, {
              isTraining,
              seed: seed(),
            });
            deepStrictEqual(logits.length, 1 + levels);
            deepStrictEqual(logits[0]!.shape, [2, ...patchVox, heads]);
            for (const [i, { shape }] of logits.entries()) {
              const finer = logits[Math.max(0, i - 1)]!.shape;
              deepStrictEqual([shape[0], shape[4]], [2, heads]);
              for (const axis of [1, 2, 3]) {
                deepStrictEqual(finer[axis]! % shape[axis]!, 0);
              }
            }
          }
        }),
    );

    testOnEngines(
      `${what} has a gradient for every trained weight`,
      () =>
        tf.tidy(() => {
          const image = normalTensor<tf.Rank.R5>([2, ...patchVox, 1]);
          const values = draw();
          const trained = network.weights.flatMap((w, i) =>
            w.isTrainable ? [i] : []
          );
          const { grads } = gradients((inputs) => {
            const all = [...values];
            inputs.forEach((input, i) => all[trained[i]!] = input);
            const { logits } = network.apply(all, image, {
              isTraining: true,
              seed: seed(),
            });
            const pulled = logits.map((level, i) =>
              tf.sum(tf.mul(level, normalTensor(level.shape, 2 + i)))
            );
            return tf.addN(pulled) as tf.Scalar;
          }, trained.map((i) => values[i]!));
          grads.forEach((gradient, i) => {
            if (tf.max(tf.abs(gradient)).dataSync()[0]! > 0) return;
            const { name } = network.weights[trained[i]!]!;
            throw new Error(`no gradient reaches ${name}`);
          });
        }),
    );

    testOnEngines(`${what} gives the compiled bits eagerly`, (engine) => {
      const inputs = tf.tidy(() => [
        normalTensor<tf.Rank.R5>([2, ...patchVox, 1]),
        seed(),
        ...draw(),
      ]);
      const pass = ([image, seed, ...values]: readonly tf.Tensor[]) => {
        const { logits, updates } = network.apply(
          values,
          image as tf.Tensor5D,
          { isTraining: true, seed: seed as tf.Tensor1D },
        );
        return [...logits, ...updates.values()];
      };
      using run = engine.compile(name, pass);
      const compiled = run(inputs), eager = tf.tidy(() => pass(inputs));
      assertSameBits(compiled, eager);
      tf.dispose([...inputs, ...compiled, ...eager]);
    });

    Deno.test(`${what} describes every stop with its weights and its channels`, () => {
      const { parameters, stages } = describeNetwork(net, patchVox);
      deepStrictEqual(
        stages.reduce((sum, stage) => sum + stage.parameters, 0),
        parameters,
      );
      const last = stages.at(-1)!;
      deepStrictEqual([last.shapeVox, last.channels], [patchVox, heads]);
    });
  }

  for (const axis of [0, 1, 2] as const) {
    Deno.test(`${name}() sees as far along ${"zyx"[axis]} as it says`, async () => {
      await engineForTests(isNativeReady() ? "tensorflow" : "embedded");
      const net = nets.create(nets.schema.parse({
        type: name,
        ...options,
        ...small[name]!.narrow,
      }))(one);
      const { narrowVox = patchVox } = small[name]!;
      const { receptiveVox } = describeNetwork(net, narrowVox);
      deepStrictEqual(
        tf.tidy(() => fieldAlong(axis, net, narrowVox, receptiveVox[axis])),
        receptiveVox[axis],
      );
    });
  }

  Deno.test(`${name}() says how many levels it has if asked for more`, () => {
    const coarser = most - least;
    throws(() => build({ heads: 1, levels: most + 1 }), (error) => {
      match(
        `${error}`,
        new RegExp(`Cannot supervise ${coarser + 1} .* ${coarser}\\n`),
      );
      return error instanceof ExperimentError;
    });
  });

  Deno.test(`${name}() keeps its weights beside further levels`, () => {
    const specsOf = (outputs: NetOutputs) => layOut(build(outputs)).weights;
    const more = new Map(
      specsOf({ heads: 1, levels: most }).map((spec) => [spec.name, spec]),
    );
    for (const spec of specsOf(one)) {
      deepStrictEqual(more.get(spec.name), spec);
    }
  });
}

/** The most coarser levels that a network can supervise. */
function mostLevels(build: ReturnType<typeof nets.create>): number {
  for (let levels = 1;; levels++) {
    try {
      build({ heads: 1, levels });
    } catch (error) {
      if (error instanceof ExperimentError) return levels - 1;
      throw error;
    }
  }
}

/**
 * Voxels along an axis that a logit depends on, at most. The weights are
 * positive and the image is 0 but for one plane, so that a logit is 0 unless it
 * sees that plane.
 */
function fieldAlong(
  axis: 0 | 1 | 2,
  net: Net,
  patchVox: Zyx,
  expected: number,
): number {
  // Large enough for the whole field of each voxel in one of the coarsest level.
  const unit = patchVox[axis];
  const extent = unit * Math.ceil((expected + unit) / unit);
  const shape = patchVox.map((n, i) => i === axis ? extent : n) as [...Zyx];
  const network = layOut(net), rng = openRng(1);
  const values = network.weights.map((spec) =>
    tf.abs(tf.tensor(drawWeight(spec, rng), [...spec.shape]))
  );
  const middle = patchVox.map((n, i) => i === axis ? 0 : n >> 1);
  const line = patchVox.map((_, i) => i === axis ? extent : 1);
  const seen = new Array<number>(extent).fill(0);
  const { sizeFromShape } = tf.util;
  const voxels = sizeFromShape(shape);
  const step = sizeFromShape(shape.slice(axis + 1)); // to the next plane
  for (let plane = 0; plane < extent; plane += atOnce) {
    tf.tidy(() => {
      const images = Math.min(atOnce, extent - plane);
      const bright = Float32Array.from(
        { length: images * voxels },
        (_, i) =>
          +(Math.floor(i / step) % extent === plane + Math.floor(i / voxels)),
      );
      const { logits } = network.apply(
        values,
        tf.tensor5d(bright, [images, ...shape, 1]),
        { isTraining: false },
      );
      const found = tf
        .slice(logits[0]!, [0, ...middle, 0], [images, ...line, 1]);
      found.dataSync().forEach((logit, i) => seen[i % extent]! += +(logit > 0));
    });
  }
  return Math.max(...seen);
}

/** Images for each call of a network: what it costs besides is more than voxels. */
const atOnce = 16;
