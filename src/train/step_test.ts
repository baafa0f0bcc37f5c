import { deepStrictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { openRng } from "@/core/mod.ts";
import { targets } from "@/data/mod.ts";
import type { PureFunction } from "@/engine/mod.ts";
import { lossTerms } from "@/loss/mod.ts";
import { layOut, nets } from "@/model/mod.ts";
import { testOnEngines } from "@test/engines.ts";
import { optimizers } from "./optimizer/mod.ts";
import { firstSnapshot, hashSnapshot } from "./snapshot.ts";
import { TrainState } from "./state.ts";
import { trainStep } from "./step.ts";
import { stepInputs, stepOutputs } from "./step_form.ts";

const one = { heads: 1, levels: 0 };
const network = layOut(
  nets.create(nets.schema.parse({
    type: "resUnet",
    filters: [3, 4, 5],
    anisotropicLevels: 1,
  }))(one),
);
const optimizer = optimizers.create(
  optimizers.schema.parse({ type: "adam", learningRate: .01 }),
);
const terms = lossTerms({
  terms: [
    { type: "bce", useWeights: true, weight: 1 },
    { type: "dice", over: "batch", smoothVox: 1, weight: 1 },
  ],
});
const binary = targets.create(targets.schema.parse({ type: "binary" }));
const shape: [number, number, number, number, number] = [2, 2, 8, 8, 1];

const parts = { network, targets: [binary], terms, optimizer };
const inputs = stepInputs(parts), outputs = stepOutputs(parts);

/** Trains on one batch whose bright voxels are cleft. */
async function trainOn(run: PureFunction, steps: number) {
  const stream = openRng(3);
  const values = Float32Array.from({ length: 256 }, () => stream.normal());
  const image = tf.tensor<tf.Rank.R5>(values, shape);
  const target = tf.tidy(() =>
    tf.cast(tf.greater(image, 1), "float32")
  ) as tf.Tensor5D;
  const ones: tf.Tensor5D = tf.ones(shape);
  const batch = {
    samples: { image, target, mask: ones, weight: ones, distanceNm: null },
    factors: tf.tensor1d([1, 1]),
    seed: tf.tensor1d([0, 0], "int32"),
  };
  const { slotNames } = optimizer;
  let state = TrainState.from(
    firstSnapshot(network, { slotNames }, openRng(1)),
    slotNames,
  );
  const losses: number[][] = [];
  for (let step = 1; step <= steps; step++) {
    const scalars = {
      learningRate: tf.scalar(.03),
      ofOptimizer: optimizer.scalars(step).map((v) => tf.scalar(v)),
      shares: null,
    };
    const next = outputs.unpack(
      run(inputs.pack({ state, sum: null, batch, scalars })),
    );
    losses.push([...await next.losses.data()]);
    tf.dispose([next.losses, scalars.learningRate, ...scalars.ofOptimizer]);
    state[Symbol.dispose]();
    state = new TrainState(step, next.state);
  }
  const snapshot = await state.snapshot(slotNames);
  state[Symbol.dispose]();
  tf.dispose([image, target, ones, batch.factors, batch.seed]);
  return { losses, snapshot };
}

const step = trainStep(parts);

testOnEngines(
  "trainStep() learns one batch, its terms sum up",
  async (engine) => {
    using run = engine.compile("step", step);
    const { losses } = await trainOn(run, 20);
    const [first, last] = [losses[0]!, losses.at(-1)!];
    for (const [total, bce, dice] of [first, last]) {
      if (Math.abs(total! - bce! - dice!) > 1e-5) throw new Error("no sum");
    }
    if (!(last[0]! < first[0]! / 2)) {
      throw new Error(`the loss went from ${first[0]} to ${last[0]} only`);
    }
  },
);

testOnEngines("trainStep() gives the same bits again", async (engine) => {
  using run = engine.compile("step", step);
  const first = await trainOn(run, 3), again = await trainOn(run, 3);
  deepStrictEqual(
    hashSnapshot(again.snapshot, network),
    hashSnapshot(first.snapshot, network),
  );
});

testOnEngines(
  "trainStep() run eagerly gives the compiled bits",
  async (engine) => {
    using run = engine.compile("step", step);
    const compiled = await trainOn(run, 3);
    const eager = await trainOn((inputs) => tf.tidy(() => step(inputs)), 3);
    deepStrictEqual(
      hashSnapshot(eager.snapshot, network),
      hashSnapshot(compiled.snapshot, network),
    );
  },
);

testOnEngines(
  "trainStep() has the gradient of finite differences with heads and levels",
  (engine) => {
    const net = layOut(
      nets.create(nets.schema.parse({
        type: "resUnet",
        filters: [3, 4, 4],
        anisotropicLevels: 1,
        activation: "elu",
        block: { type: "plain" },
        norm: { type: "none" },
      }))({ heads: 5, levels: 1 }), // a label, a distance, a vector
    );
    const parse = (type: string) =>
      targets.create(targets.schema.parse({ type }));
    const mix = lossTerms({
      terms: [
        { type: "bce", useWeights: true, weight: 1 },
        { type: "dice", over: "batch", smoothVox: 1, weight: 1 },
      ],
      levels: [.5],
    }, [{
      name: "near",
      loss: {
        weight: 2,
        terms: [{ type: "squaredError", useWeights: true, weight: .5 }],
      },
    }, {
      name: "to",
      loss: {
        weight: 1,
        terms: [{ type: "cosine", over: "batch", useWeights: true, weight: 3 }],
      },
    }]);
    deepStrictEqual(mix.map(({ name, weight }) => [name, weight]), [
      ...[["bce", 1], ["dice", 1], ["near/squaredError", 1]],
      ["to/cosine", 3],
      ...[["level1/bce", .5], ["level1/dice", .5]],
      ...[["level1/near/squaredError", .5], ["level1/to/cosine", 1.5]],
    ]);
    const parts = {
      network: net,
      targets: ["binary", "signedDistance", "direction"].map(parse),
      terms: mix,
      // one step of length 1 against the gradient gives the gradient
      optimizer: optimizers.create(
        optimizers.schema.parse({ type: "sgd", momentum: 0 }),
      ),
    };
    using run = engine.compile("step", trainStep(parts));
    const { weights } = firstSnapshot(net, { slotNames: [] }, openRng(5));
    const stream = openRng(6);
    const normal = (n: number) =>
      Float32Array.from({ length: n }, () => stream.normal());
    const voxels = 2 * 2 * 8 * 8;
    const values = {
      image: normal(voxels),
      said: normal(5 * voxels).map((v, i) =>
        [+(v > .5), Math.tanh(v), v, v, v][i % 5]!
      ),
      known: normal(3 * voxels).map((v) => +(v > -1)),
      weighs: normal(3 * voxels).map((v) => 1 + Math.abs(v)),
    };
    const stepAt = (at: Float32Array) =>
      tf.tidy(() => {
        const heads: tf.ShapeMap["R5"] = [2, 2, 8, 8, 3];
        const { state, losses } = stepOutputs(parts).unpack(
          run(
            stepInputs(parts).pack({
              state: {
                weights: tf.tensor1d(at),
                buffers: tf.tensor1d([]),
                slots: [tf.zeros([at.length])],
                mean: null,
              },
              sum: null,
              batch: {
                samples: {
                  image: tf.tensor(values.image, [2, 2, 8, 8, 1]),
                  target: tf.tensor(values.said, [2, 2, 8, 8, 5]),
                  mask: tf.tensor(values.known, heads),
                  weight: tf.tensor(values.weighs, heads),
                  distanceNm: null,
                },
                factors: tf.tensor1d(mix.map(({ weight }) => weight as number)),
                seed: tf.tensor1d([0, 0], "int32"),
              },
              scalars: {
                learningRate: tf.scalar(1),
                ofOptimizer: [],
                shares: null,
              },
            }),
          ),
        );
        return [state.weights.dataSync(), losses.dataSync()] as const;
      });
    const [next, losses] = stepAt(weights);
    const sum = mix.reduce((s, term, i) => s + term.weight * losses[1 + i]!, 0);
    if (!(Math.abs(sum - losses[0]!) < 1e-5)) throw new Error("no sum");
    const gradient = weights.map((w, i) => w - next[i]!);
    const scale = Math.hypot(...gradient);
    for (let trial = 0; trial < 4; trial++) {
      const direction = trial === 0
        ? gradient.map((g) => g / scale)
        : normal(weights.length);
      // the terms are weighted in 64 bits, which 32 would blur
      const at = (distance: number) => {
        const [, each] = stepAt(
          weights.map((w, i) => w + distance * direction[i]!),
        );
        return mix.reduce((s, { weight }, i) => s + weight * each[1 + i]!, 0);
      };
      const slope = (h: number) => (at(h) - at(-h)) / (2 * h);
      const measured = slope(1e-4); // so short that few maxima of a pooling change
      const derived = gradient.reduce((s, g, i) => s + g * direction[i]!, 0);
      if (!(Math.abs(measured - derived) <= 1e-3 * scale)) {
        throw new Error(`${trial}: ${measured}, the gradient says ${derived}`);
      }
    }
  },
);
