/**
 * Our side of the training and inference benchmarks, a process of its own so
 * that its peak memory is its own: prints one JSON line.
 *
 * @module
 */
import { parseArgs } from "node:util";
import process from "node:process";
import * as tf from "@tensorflow/tfjs-core";
import { openRng, type Zyx } from "@/core/mod.ts";
import { targets } from "@/data/mod.ts";
import { openEngine } from "@/engine/mod.ts";
import { lossTerms } from "@/loss/mod.ts";
import { layOut, nets } from "@/model/mod.ts";
import {
  firstSnapshot,
  forwardPass,
  optimizers,
  TrainState,
  trainStep,
} from "@/train/mod.ts";

const { values: args } = parseArgs({
  options: {
    mode: { type: "string", default: "train" },
    filters: { type: "string", default: "32,64,96,128,160" },
    shape: { type: "string", default: "1,16,128,128" },
    steps: { type: "string", default: "5" },
    threads: { type: "string", default: "2" },
    bf16: { type: "boolean", default: false },
    eager: { type: "boolean", default: false },
    engine: { type: "string", default: "tensorflow" },
    model: { type: "string", default: "{}" },
  },
});
const shape = args.shape.split(",").map(Number);
const filters = args.filters.split(",").map(Number);

using engine = await openEngine({
  engine: args.engine as "tensorflow" | "embedded",
  threads: Number(args.threads),
  precision: args.bf16 ? "bf16" : "fp32",
  eager: args.eager,
  notify: (line) => console.error(line),
});
const network = layOut(
  nets.create(
    nets.schema.parse({ type: "resUnet", filters, ...JSON.parse(args.model) }),
  )({
    heads: 1,
    levels: 0,
  }),
);
const optimizer = optimizers.create(
  optimizers.schema.parse({ type: "adam", learningRate: 0.001 }),
);
const terms = lossTerms({
  terms: [
    { type: "bce", useWeights: true, weight: 1 },
    { type: "dice", over: "batch", smoothVox: 1, weight: 1 },
  ],
});
const binary = targets.create(targets.schema.parse({ type: "binary" }));
const rng = openRng(1);
let state = TrainState.from(
  firstSnapshot(network, optimizer.slotNames, rng),
  optimizer.slotNames,
);
const full = [shape[0]!, ...shape.slice(1) as unknown as Zyx, 1];
const size = full.reduce((a, b) => a * b, 1);
const stream = rng.at("bench");
const image = tf.tensor(
  Float32Array.from({ length: size }, () => stream.normal()),
  full,
);
const target = tf.tensor(
  Float32Array.from({ length: size }, () => +(stream.uniform(0, 1) > 0.98)),
  full,
);
const ones = tf.ones(full);
const weight = tf.add(tf.mul(target, 48), 1);

const step = engine.compile(
  "step",
  trainStep({ network, targets: [binary], terms, optimizer }),
);
const forward = engine.compile("forward", forwardPass(network, binary));
const factors = tf.tensor1d(terms.map(({ weight }) => weight));
const seed = tf.tensor1d([1, 2], "int32");
const ms: number[] = [], cpuMs: number[] = [];
for (let i = 0; i <= Number(args.steps); i++) {
  const start = performance.now(), usedBefore = process.cpuUsage();
  if (args.mode === "train") {
    const scalars = [0.001, ...optimizer.scalars(i + 1)].map((v) =>
      tf.scalar(v)
    );
    const outputs = step([
      state.weights,
      state.buffers,
      ...state.slots,
      image,
      target,
      ones,
      weight,
      factors,
      seed,
      ...scalars,
    ]);
    await outputs.at(-1)!.data();
    tf.dispose([...scalars, outputs.at(-1)!]);
    const [weights, buffers, ...slots] = outputs.slice(0, -1) as tf.Tensor1D[];
    state[Symbol.dispose]();
    state = new TrainState(i + 1, {
      weights: weights!,
      buffers: buffers!,
      slots,
    });
  } else {
    const [p] = forward([state.weights, state.buffers, image]);
    await p!.data();
    tf.dispose(p!);
  }
  ms.push(performance.now() - start);
  const used = process.cpuUsage(usedBefore);
  cpuMs.push((used.user + used.system) / 1000);
}
const later = ms.slice(1).toSorted((a, b) => a - b);
console.log(JSON.stringify({
  ms: later[0],
  medianMs: later[later.length >> 1],
  firstMs: ms[0],
  cpuMs: Math.min(...cpuMs.slice(1)),
  peakMiB: process.resourceUsage().maxRSS / 1024,
}));
