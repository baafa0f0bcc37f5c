/**
 * Our side of the training and inference benchmarks, a process of its own so
 * that its peak memory is its own: prints one JSON line. The first step is told
 * apart, with what it takes to compile it.
 *
 * @module
 */
import { parseArgs } from "node:util";
import process from "node:process";
import * as tf from "@tensorflow/tfjs-core";
import { sha256Hex, type Zyx } from "@/core/mod.ts";
import { targets } from "@/data/mod.ts";
import { type EngineName, openEngine, type Precision } from "@/engine/mod.ts";
import { lossTerms } from "@/loss/mod.ts";
import { describeNetwork, layOut, nets } from "@/model/mod.ts";
import {
  forwardPass,
  optimizers,
  placesOf,
  stepInputs,
  stepOutputs,
  TrainState,
  trainStep,
} from "@/train/mod.ts";
import { askEngine, programsIn } from "./_device.ts";
import { equalBatch, equalSnapshot } from "./equal.ts";

const { values: args } = parseArgs({
  options: {
    mode: { type: "string", default: "train" },
    filters: { type: "string", default: "32,64,96,128,160" },
    shape: { type: "string", default: "1,16,128,128" },
    steps: { type: "string", default: "5" },
    seconds: { type: "string", default: "Infinity" },
    threads: { type: "string", default: "2" },
    precision: { type: "string", default: "fp32" },
    eager: { type: "boolean", default: false },
    engine: { type: "string", default: "tensorflow" },
    programs: { type: "string" },
    model: { type: "string", default: "{}" },
  },
});
const shape = args.shape.split(",").map(Number);
const filters = args.filters.split(",").map(Number);

using engine = await openEngine({
  engine: args.engine as EngineName,
  threads: Number(args.threads),
  precision: args.precision as Precision,
  eager: args.eager,
  store: args.programs === undefined ? undefined : programsIn(args.programs),
  notify: (line) => console.error(line),
});
if (args.mode === "ask") {
  console.log(JSON.stringify({ ms: 0, ...askEngine(engine) }));
  process.exit();
}
const net = nets.create(
  nets.schema.parse({ type: "resUnet", filters, ...JSON.parse(args.model) }),
)({ heads: 1, levels: 0 });
const network = layOut(net);
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
let state = TrainState.from(
  equalSnapshot(network, optimizer.slotNames),
  optimizer.slotNames,
);
const { image, target } = equalBatch(shape);
const ones = tf.onesLike(image);
const batch = {
  samples: {
    image,
    target,
    mask: ones,
    weight: tf.add<tf.Tensor5D>(tf.mul(target, 48), 1),
    distanceNm: null,
  },
  factors: tf.tensor1d(terms.map(({ weight }) => weight as number)),
  seed: tf.tensor1d([1, 2], "int32"),
};

const parts = { network, targets: [binary], terms, optimizer };
const inputs = stepInputs(parts), outputs = stepOutputs(parts);
const step = engine.compile("step", trainStep(parts), {
  takes: placesOf(inputs, "state"),
});
const predict = forwardPass(network, { targets: [binary] });
const forward = engine.compile(
  "forward",
  (inputs) => predict(inputs).map((p) => tf.mean(p)),
);

/** Makes a training step; gives its loss. */
async function train(): Promise<number> {
  const next = state.step + 1;
  const scalars = {
    learningRate: tf.scalar(0.001),
    ofOptimizer: optimizer.scalars(next).map((v) => tf.scalar(v)),
    shares: null,
  };
  const all = inputs.pack({ state, sum: null, batch, scalars });
  if (state.step === 0) await step.prepare(all);
  const found = outputs.unpack(step(all));
  const [loss] = await found.losses.data();
  tf.dispose([found.losses, scalars.learningRate, ...scalars.ofOptimizer]);
  state = new TrainState(next, found.state);
  return loss!;
}

let isPrepared = false;

/** Predicts the batch; gives the mean probability. */
async function infer(): Promise<number> {
  const inputs = [state.weights, state.buffers, image];
  if (!isPrepared) await forward.prepare(inputs);
  isPrepared = true;
  const [mean] = forward(inputs);
  const [p] = await mean!.data();
  tf.dispose(mean!);
  return p!;
}

const work = args.mode === "train" ? train : infer;
const ms: number[] = [], cpuMs: number[] = [], values: number[] = [];
let deadline = Infinity;
for (let i = 0; i <= Number(args.steps); i++) {
  const start = performance.now(), usedBefore = process.cpuUsage();
  values.push(await work());
  ms.push(performance.now() - start);
  const used = process.cpuUsage(usedBefore);
  cpuMs.push((used.user + used.system) / 1000);
  // The first step may have compiled for a minute, and is not in the time.
  if (i === 0) deadline = performance.now() + 1000 * Number(args.seconds);
  if (i >= 2 && performance.now() > deadline) break;
}
const later = ms.slice(1).toSorted((a, b) => a - b);
const [samples, ...patchVox] = shape;
const { multiplyAdds, parameters } = describeNetwork(
  net,
  patchVox as unknown as Zyx,
);
console.log(JSON.stringify({
  ms: later[0],
  medianMs: later[later.length >> 1],
  firstMs: ms[0],
  cpuMs: Math.min(...cpuMs.slice(1)),
  values: values.slice(0, 3),
  // Forward; and backward twice as much, by the image and by the kernel.
  flop: 2 * samples! * multiplyAdds * (args.mode === "train" ? 3 : 1),
  parameters,
  weightsSha256: sha256Hex(new Uint8Array((await state.weights.data()).buffer)),
  ...askEngine(engine),
}));
