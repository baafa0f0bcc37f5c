import { join } from "node:path";
import { wholeBox } from "@/core/mod.ts";
import {
  openPipeline,
  samplers,
  sources,
  targets,
  writePhantom,
  writePrediction,
} from "@/data/mod.ts";

/** A phantom of so many pairs that something can be learnt of them. */
const extent = { shapeVox: [8, 96, 96], voxelNm: [50, 8, 8] } as const;

/**
 * Writes a phantom, `truth.hdf`, and what a head would say of it that knows it
 * exactly, `polarity.hdf`.
 */
export async function writeKnown(
  folder: string,
  seed: number,
): Promise<{ readonly truth: string; readonly prediction: string }> {
  const truth = join(folder, `truth-${seed}.hdf`);
  const prediction = join(folder, `polarity-${seed}.hdf`);
  await writePhantom(truth, {
    source: sources.schema.parse({ type: "phantom", seed, ...extent }),
    where: "test",
  });
  using volume = await sources.create(
    sources.schema.parse({ type: "cremi", file: truth, partnersWithinNm: 1e4 }),
  ).open({ dataRoots: [], cacheFolder: join(folder, "cache"), where: "test" });
  const pipeline = openPipeline([volume], {
    seed: 1,
    sampler: samplers.schema.parse({ type: "uniform" }),
    augment: [],
    target: targets.schema.parse({ type: "polarity" }),
    patchVox: wholeBox(volume.shapeVox).shapeVox,
  });
  const { target } = pipeline.example(pipeline.draw(0));
  const { shapeVox, voxelNm, offsetNm } = volume;
  await writePrediction(prediction, {
    head: { shapeVox, voxelNm, offsetNm },
    slabs: [{ probability: target.map((value) => (value + 1) / 2) }],
  });
  return { truth, prediction };
}
