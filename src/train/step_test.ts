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
import { forwardPass, trainStep } from "./step.ts";

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

/** Trains on one batch whose bright voxels are cleft. */
async function trainOn(run: PureFunction, steps: number) {
  const stream = openRng(3);
  const values = Float32Array.from({ length: 256 }, () => stream.normal());
  const image = tf.tensor(values, shape);
  const target = tf.tidy(() => tf.cast(tf.greater(image, 1), "float32"));
  const ones = tf.ones(shape);
  const factors = tf.tensor1d([1, 1]), seed = tf.tensor1d([0, 0], "int32");
  const { slotNames } = optimizer;
  let state = TrainState.from(
    firstSnapshot(network, slotNames, openRng(1)),
    slotNames,
  );
  const losses: number[][] = [];
  for (let step = 1; step <= steps; step++) {
    const scalars = [.01, ...optimizer.scalars(step)].map((v) => tf.scalar(v));
    const outputs = run([
      state.weights,
      state.buffers,
      ...state.slots,
      image,
      target,
      ones,
      ones,
      factors,
      seed,
      ...scalars,
    ]);
    losses.push([...await outputs.at(-1)!.data()]);
    tf.dispose([...scalars, outputs.at(-1)!]);
    state[Symbol.dispose]();
    const [weights, buffers, ...slots] = outputs.slice(0, -1) as tf.Tensor1D[];
    state = new TrainState(step, {
      weights: weights!,
      buffers: buffers!,
      slots,
    });
  }
  const snapshot = await state.snapshot(slotNames);
  state[Symbol.dispose]();
  tf.dispose([image, target, ones, factors, seed]);
  return { losses, snapshot };
}

const step = trainStep({
  network,
  targets: [binary],
  terms,
  optimizer,
});

testOnEngines(
  "trainStep() learns one batch, its terms sum up",
  async (engine) => {
    using run = engine.compile("step", step);
    const { losses } = await trainOn(run, 40);
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
  "forwardPass() equals training's pass once the averages are the batch's",
  async (engine) => {
    // momentum 1: the averages are those of the last batch, up to n / (n - 1)
    const net = layOut(
      nets.create(nets.schema.parse({
        type: "resUnet",
        filters: [3, 4],
        anisotropicLevels: 1,
        norm: { type: "batch", momentum: 1 },
      }))(one),
    );
    const snapshot = firstSnapshot(net, [], openRng(2));
    using state = TrainState.from(snapshot, []);
    const stream = openRng(4);
    const image = tf.tensor5d(
      Float32Array.from({ length: 4096 }, () => stream.normal()),
      [1, 4, 32, 32, 1],
    );
    const trained = tf.tidy(() => {
      const all = net.weights.map((spec) =>
        tf.tensor(snapshotPart(net, snapshot, spec.name), [...spec.shape])
      );
      const { logits, updates } = net.apply(all, image, { isTraining: true });
      const buffers = net.weights.filter((w) => !w.isTrainable)
        .map(({ name }) => tf.reshape(updates.get(name)!, [-1]) as tf.Tensor1D);
      return [tf.sigmoid(logits[0]!), tf.concat1d(buffers)];
    });
    using forward = engine.compile("forward", forwardPass(net, binary));
    const [folded] = forward([state.weights, trained[1]!, image]);
    const [a, b] = [await trained[0]!.data(), await folded!.data()];
    a.forEach((value, i) => {
      if (Math.abs(value - b[i]!) > 5e-3) {
        throw new Error(`${value} and ${b[i]}`);
      }
    });
    tf.dispose([image, ...trained, folded!]);
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
      }))({ heads: 2, levels: 1 }),
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
    }]);
    deepStrictEqual(mix.map(({ name, weight }) => [name, weight]), [
      ...[["bce", 1], ["dice", 1], ["near/squaredError", 1]],
      ...[["level1/bce", .5], ["level1/dice", .5]],
      ["level1/near/squaredError", .5],
    ]);
    using run = engine.compile(
      "step",
      trainStep({
        network: net,
        targets: [parse("binary"), parse("signedDistance")],
        terms: mix,
        // one step of length 1 against the gradient gives the gradient
        optimizer: optimizers.create(
          optimizers.schema.parse({ type: "sgd", momentum: 0 }),
        ),
      }),
    );
    const { weights } = firstSnapshot(net, [], openRng(5));
    const stream = openRng(6);
    const normal = (n: number) =>
      Float32Array.from({ length: n }, () => stream.normal());
    const voxels = 2 * 2 * 8 * 8;
    const values = {
      image: normal(voxels),
      said: normal(2 * voxels).map((v, i) => i % 2 ? Math.tanh(v) : +(v > .5)),
      known: normal(2 * voxels).map((v) => +(v > -1)),
      weighs: normal(2 * voxels).map((v) => 1 + Math.abs(v)),
    };
    const stepAt = (at: Float32Array) =>
      tf.tidy(() => {
        const both: tf.ShapeMap["R5"] = [2, 2, 8, 8, 2];
        const [next, , , losses] = run([
          tf.tensor1d(at),
          tf.tensor1d([]),
          tf.zeros([at.length]),
          tf.tensor(values.image, [2, 2, 8, 8, 1]),
          tf.tensor(values.said, both),
          tf.tensor(values.known, both),
          tf.tensor(values.weighs, both),
          tf.tensor1d(mix.map(({ weight }) => weight)),
          tf.tensor1d([0, 0], "int32"),
          tf.scalar(1),
        ]);
        return [next!.dataSync(), losses!.dataSync()] as const;
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

testOnEngines(
  "forwardPass() reads the primary head on the finest level as its target says",
  (engine) => {
    const net = layOut(
      nets.create(nets.schema.parse({
        type: "resUnet",
        filters: [3, 4, 4],
        anisotropicLevels: 1,
        norm: { type: "none" },
      }))({ heads: 2, levels: 1 }),
    );
    const { weights } = firstSnapshot(net, [], openRng(5));
    for (const type of ["binary", "signedDistance"]) {
      const target = targets.create(targets.schema.parse({ type }));
      using forward = engine.compile("forward", forwardPass(net, target));
      tf.tidy(() => {
        const image = tf.randomNormal<tf.Rank.R5>(
          [2, 2, 8, 8, 1],
          0,
          1,
          "float32",
          3,
        );
        const all = net.weights.map((spec) =>
          tf.tensor(
            snapshotPart(net, firstSnapshot(net, [], openRng(5)), spec.name),
            [...spec.shape],
          )
        );
        const { logits } = net.apply(all, image, { isTraining: false });
        const first = logits[0]!.dataSync().filter((_, i) => i % 2 === 0);
        const [p] = forward([tf.tensor1d(weights), tf.tensor1d([]), image]);
        deepStrictEqual(p!.shape, image.shape);
        p!.dataSync().forEach((value, i) => {
          const expected = type === "binary"
            ? 1 / (1 + Math.exp(-first[i]!))
            : (Math.tanh(first[i]!) + 1) / 2;
          if (!(Math.abs(value - expected) < 1e-5)) {
            throw new Error(`${type}: ${value} is not ${expected}`);
          }
        });
      });
    }
  },
);

function snapshotPart(
  net: typeof network,
  snapshot: ReturnType<typeof firstSnapshot>,
  name: string,
): Float32Array {
  const index = net.weights.findIndex((w) => w.name === name);
  const spec = net.weights[index]!;
  const size = (w: typeof spec) => w.shape.reduce((p, n) => p * n, 1);
  const before = net.weights.slice(0, index)
    .filter((w) => w.isTrainable === spec.isTrainable)
    .reduce((sum, w) => sum + size(w), 0);
  const whole = spec.isTrainable ? snapshot.weights : snapshot.buffers;
  return whole.slice(before, before + size(spec));
}
