import { join } from "node:path";
import { type Said, say } from "./_testing.ts";

/** A volume of 4 × 24 × 24 voxels, as a source. */
export const tinyVolume = (seed: number): string =>
  `{ type: phantom, seed: ${seed}, shapeVox: [4, 24, 24], voxelNm: [50, 20, 20] }`;

const experiment = `name: tiny
data:
  train: [{ source: ${tinyVolume(3)} }]
  validation: [{ source: ${tinyVolume(6)} }]
sampler: { type: uniform, patchVox: [2, 8, 8] }
model: { type: resUnet, filters: [2, 3] }
loss: { terms: [{ type: bce }] }
evaluate: { allowEmpty: true }
train: { volumeTotal: 2, validateEvery: 1, workers: 0, engine: embedded }
`;

/** Runs an experiment that takes a second, in the file tiny.yaml of a folder. */
export function runTiny(
  folder: string,
  ...words: readonly string[]
): Promise<Said> {
  Deno.writeTextFileSync(join(folder, "tiny.yaml"), experiment);
  return say(folder, "run", "tiny.yaml", ...words);
}
