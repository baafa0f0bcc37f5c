/**
 * Our side of the augmentation benchmark: `our_augment.ts ENTRIES SECONDS`, the
 * entries as an experiment writes them, as JSON. Artifacts come from the file
 * `artifacts.hdf`.
 *
 * @module
 */
import { openRng, sizeOf, type Zyx } from "@/core/mod.ts";
import {
  augmentations,
  openChain,
  openPipeline,
  openShared,
  samplers,
  targets,
  writeHdf5,
} from "@/data/mod.ts";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { millisecondsOf, tell } from "./measure.ts";

const [entries, seconds] = Deno.args;
const shapeVox: Zyx = [20, 720, 720], patchVox: Zyx = [16, 160, 160];
const voxelNm: Zyx = [40, 4, 4];

const rng = openRng(1);
const raw = new SharedArrayBuffer(sizeOf(shapeVox));
const grey = new Uint8Array(raw);
for (let i = 0; i < grey.length; i++) grey[i] = rng.integer(256);
const labels = new SharedArrayBuffer(sizeOf(shapeVox));
const label = new Uint8Array(labels);
for (let i = 0; i < label.length; i++) label[i] = grey[i]! < 5 ? 1 : 0;

const volume = openShared({
  name: "noise",
  inputs: [],
  shapeVox,
  voxelNm,
  offsetNm: [0, 0, 0],
  raw,
  rawKind: "u8",
  labels,
});
const augment = JSON.parse(entries!).map((entry: unknown) =>
  augmentations.schema.parse(entry)
);
const pipeline = openPipeline([volume], {
  seed: 1,
  patchVox,
  sampler: samplers.schema.parse({ type: "uniform" }),
  augment,
  target: targets.schema.parse({ type: "binary" }),
  resource: await inTemporaryFolder(async (folder) => {
    const { needs } = openChain(augment, augmentations.create);
    if (!needs) return undefined;
    await writeArtifacts(join(folder, "artifacts.hdf"));
    return await needs.load({
      dataRoots: [folder],
      cacheFolder: folder,
      where: "bench",
      volumes: [volume],
    });
  }),
});

tell(millisecondsOf((index) => {
  const { image, target, mask } = pipeline.make(pipeline.draw(index));
  // At once, as Python frees what nobody refers to.
  for (const { buffer } of [image, target, mask]) {
    (buffer as ArrayBuffer).transfer(0);
  }
}, Number(seconds)));

/** Four sections of noise, half of each a disc of artifact. */
async function writeArtifacts(path: string): Promise<void> {
  const shapeVox: Zyx = [4, 720, 720];
  const image = grey.slice(0, sizeOf(shapeVox));
  const mask = Float32Array.from(image, (_, i) => {
    const y = Math.floor(i / 720) % 720 - 360, x = i % 720 - 360;
    return y * y + x * x < 300 ** 2 ? 0.7 : 0;
  });
  await writeHdf5(path, {
    "defect_sections/raw": { shapeVox, resolutionNm: voxelNm, data: image },
    "defect_sections/mask": { shapeVox, data: mask },
  });
}
