/**
 * Our side of the blending benchmark, a process of its own: prints one JSON line
 * with the time of one prediction and the mean probability.
 *
 * @module
 */
import { parseArgs } from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import { meanOf, sizeOf, type Volume, type Zyx } from "@/core/mod.ts";
import { targets } from "@/data/mod.ts";
import { openEngine } from "@/engine/mod.ts";
import { type Forward, predict } from "@/infer/mod.ts";
import { layOut, nets } from "@/model/mod.ts";
import { forwardPass, TrainState } from "@/train/mod.ts";
import { drawEqual, equalSnapshot } from "./equal.ts";
import { peakMiB } from "./measure.ts";

const { values: args } = parseArgs({
  options: {
    filters: { type: "string", default: "8,16,24,32,40" },
    shape: { type: "string", default: "20,1024,704" },
    patch: { type: "string", default: "8,96,96" },
    batch: { type: "string", default: "1" },
    engine: { type: "string", default: "tensorflow" },
  },
});
const numbers = (text: string) => text.split(",").map(Number);
const shapeVox = numbers(args.shape) as unknown as Zyx;
const patchVox = numbers(args.patch) as unknown as Zyx;

using engine = await openEngine({
  engine: args.engine as "tensorflow",
  threads: 2,
  precision: "fp32",
  eager: false,
  notify: (line) => console.error(line),
});
const network = layOut(
  nets.create(
    nets.schema.parse({ type: "resUnet", filters: numbers(args.filters) }),
  )({ heads: 1, levels: 0 }),
);
using state = TrainState.from(equalSnapshot(network, []), []);
const binary = targets.create(targets.schema.parse({ type: "binary" }));
const run = engine.compile(
  "forward",
  forwardPass(network, { targets: [binary] }),
);
const { weights, buffers } = state;
const forward: Forward = async (image, [depth, height, width]) => {
  const tiles = image.length / (depth * height * width);
  const input = tf.tensor(image, [tiles, depth, height, width, 1]);
  await run.prepare([weights, buffers, input]);
  const [probability] = run([weights, buffers, input]);
  const values = await probability!.data();
  tf.dispose([input, probability!]);
  return values as Float32Array;
};

const grey = drawEqual("image", sizeOf(shapeVox));
const volume: Volume = {
  ...{ name: "equal", hasLabels: false, inputs: [], shapeVox },
  ...{ voxelNm: [40, 4, 4], offsetNm: [0, 0, 0] },
  read(box) {
    const size = shapeVox[1] * shapeVox[2]; // tiles cover whole sections
    const [z] = box.startVox, [sections] = box.shapeVox;
    const image = grey.slice(z * size, (z + sections) * size);
    const none = new Uint8Array(image.length);
    return { image, target: none, mask: none, shapeVox: box.shapeVox };
  },
  [Symbol.dispose]() {},
};
await forward(grey.slice(0, sizeOf(patchVox)), patchVox); // compiles
const start = performance.now();
const { probability } = await predict(volume, {
  forward,
  plan: {
    ...{ patchVox, overlap: 0.5, batch: Number(args.batch) },
    blend: { type: "gaussian", sigmaShare: 0.125, floor: 1e-3 },
    tta: { type: "none" },
  },
});
const ms = performance.now() - start;
console.log(
  JSON.stringify({ ms, peakMiB: peakMiB(), value: meanOf(probability) }),
);
