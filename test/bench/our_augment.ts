/**
 * Our side of the augmentation benchmark: `our_augment.ts ENTRIES SECONDS`, the
 * entries as an experiment writes them, as JSON.
 *
 * @module
 */
import { openRng, sizeOf, type Zyx } from "@/core/mod.ts";
import {
  augmentations,
  openPipeline,
  openShared,
  samplers,
  targets,
} from "@/data/mod.ts";
import { millisecondsOf, tell } from "./measure.ts";

const [entries, seconds] = Deno.args;
const shapeVox: Zyx = [20, 720, 720], patchVox: Zyx = [16, 160, 160];

const rng = openRng(1);
const raw = new SharedArrayBuffer(sizeOf(shapeVox));
const grey = new Uint8Array(raw);
for (let i = 0; i < grey.length; i++) grey[i] = rng.integer(256);
const labels = new SharedArrayBuffer(sizeOf(shapeVox));
const label = new Uint8Array(labels);
for (let i = 0; i < label.length; i++) label[i] = grey[i]! < 5 ? 1 : 0;

const pipeline = openPipeline([
  openShared({
    name: "noise",
    inputs: [],
    shapeVox,
    voxelNm: [40, 4, 4],
    offsetNm: [0, 0, 0],
    raw,
    rawKind: "u8",
    labels,
  }),
], {
  seed: 1,
  patchVox,
  sampler: samplers.schema.parse({ type: "uniform" }),
  augment: JSON.parse(entries!).map((entry: unknown) =>
    augmentations.schema.parse(entry)
  ),
  target: targets.schema.parse({ type: "binary" }),
});

tell(millisecondsOf(
  (index) => pipeline.make(pipeline.draw(index)),
  Number(seconds),
));
