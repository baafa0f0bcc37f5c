/**
 * Our side of the blending benchmark, a process of its own: prints one JSON line
 * with the time of one prediction and the mean probability.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { meanOf, sizeOf, type Volume, type Zyx } from "@/core/mod.ts";
import {
  checkSpec,
  ForwardThreads,
  netOf,
  trainedNetwork,
} from "@/experiment/mod.ts";
import { predict } from "@/infer/mod.ts";
import { drawEqual, equalSnapshot } from "./equal.ts";
import { peakMiB } from "./measure.ts";

const { values: args } = parseArgs({
  options: {
    filters: { type: "string", default: "8,16,24,32,40" },
    shape: { type: "string", default: "20,1024,704" },
    patch: { type: "string", default: "8,96,96" },
    threads: { type: "string", default: "2" },
    engine: { type: "string", default: "tensorflow" },
  },
});
const numbers = (text: string) => text.split(",").map(Number);
const shapeVox = numbers(args.shape) as unknown as Zyx;
const patchVox = numbers(args.patch) as unknown as Zyx;

const spec = checkSpec({
  name: "equal",
  data: { train: [{ source: { type: "phantom", seed: 1 } }] },
  sampler: { type: "uniform", patchVox },
  model: { type: "resUnet", filters: numbers(args.filters) },
  loss: { terms: [{ type: "bce" }] },
}, "bench");
const { weights, buffers } = equalSnapshot(
  trainedNetwork(netOf(spec), spec),
  [],
);
const count = Number(args.threads);
await using threads = new ForwardThreads({
  ...{ spec, head: 0, weights, buffers },
  engine: {
    engine: args.engine as "tensorflow",
    precision: "fp32",
    eager: false,
  },
}, count);
const { forward } = threads;

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
await forward(grey.slice(0, count * sizeOf(patchVox)), patchVox); // compiles
const start = performance.now();
const { probability } = await predict(volume, {
  forward,
  plan: {
    ...{ patchVox, overlap: 0.5, batch: count },
    blend: { type: "gaussian", sigmaShare: 0.125, floor: 1e-3 },
    tta: { type: "none" },
  },
});
const ms = performance.now() - start;
console.log(
  JSON.stringify({ ms, peakMiB: peakMiB(), value: meanOf(probability) }),
);
