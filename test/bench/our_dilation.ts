/**
 * Our side of the dilation benchmark: one training step's worth of a block,
 * forward and backward; `--chains` are the dilations of its chains, as JSON.
 *
 * @module
 */
import { parseArgs } from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import { openRng } from "@/core/mod.ts";
import { gradients, openEngine } from "@/engine/mod.ts";
import {
  activation,
  blocks,
  Declaration,
  drawWeight,
  norms,
  Scope,
} from "@/model/mod.ts";
import { peakMiB } from "./measure.ts";

const { values: args } = parseArgs({
  options: {
    chains: { type: "string", default: "[[1],[1,2],[1,2,4],[1,2,4,8]]" },
    channels: { type: "string", default: "32" },
    shape: { type: "string", default: "1,16,128,128" },
    engine: { type: "string", default: "tensorflow" },
    bf16: { type: "boolean", default: false },
    steps: { type: "string", default: "8" },
  },
});
const channels = Number(args.channels);

using engine = await openEngine({
  engine: args.engine as "tensorflow" | "embedded",
  threads: 2,
  precision: args.bf16 ? "bf16" : "fp32",
  eager: false,
  notify: (line) => console.error(line),
});
const entry = { type: "dilated", chains: JSON.parse(args.chains) };
const layer = blocks.create(blocks.schema.parse(entry))({
  inputs: channels,
  outputs: channels,
  kernelVox: [1, 3, 3],
  norm: norms.create(norms.schema.parse({ type: "batch" })),
  activate: activation("elu"),
  level: 0,
});
const declaration = new Declaration();
layer.declare(declaration);
const { specs } = declaration;
const rng = openRng(1);
const values = specs.map((spec) =>
  tf.tensor(drawWeight(spec, rng), [...spec.shape])
);
const [n, d, h, w] = args.shape.split(",").map(Number);
const x = tf.randomNormal([n!, d!, h!, w!, channels], 0, 1, "float32", 1);

const step = engine.compile("step", ([x, ...values]) => {
  const trained = specs.flatMap((spec, i) => spec.isTrainable ? [i] : []);
  const { value, grads } = gradients(([x, ...weights]) => {
    const all = [...values];
    weights.forEach((weight, i) => all[trained[i]!] = weight);
    const byName = new Map(specs.map(({ name }, i) => [name, all[i]!]));
    const scope = new Scope(byName, { isTraining: true });
    return tf.sum(tf.square(layer.apply(scope, x as tf.Tensor5D)));
  }, [x!, ...trained.map((i) => values[i]!)]);
  return [value, ...grads];
});
const ms: number[] = [];
for (let i = 0; i <= Number(args.steps); i++) {
  const start = performance.now();
  const results = step([x, ...values]);
  await results[0]!.data();
  tf.dispose(results);
  ms.push(performance.now() - start);
}
console.log(JSON.stringify({
  ms: Math.min(...ms.slice(1)),
  peakMiB: peakMiB(),
}));
