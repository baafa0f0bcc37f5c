import { join } from "node:path";
import { type Said, say } from "./_testing.ts";

/** A volume of 4 × 24 × 24 voxels, as a source. */
export const tinyVolume = (seed: number): string =>
  `{ type: phantom, seed: ${seed}, shapeVox: [4, 24, 24], voxelNm: [50, 20, 20] }`;

/** An experiment but for its name and data; of small volumes, it takes a second. */
export const tinyTraining = `sampler: { type: uniform, patchVox: [2, 8, 8] }
model: { type: resUnet, filters: [2, 3] }
loss: { terms: [{ type: bce }] }
evaluate: { allowEmpty: true }
train: { volumeTotal: 2, validateEvery: 1, workers: 0, engine: embedded }
`;

/** An experiment that takes a second. */
export const tinyExperiment = `name: tiny
data:
  train: [{ source: ${tinyVolume(3)} }]
  validation: [{ source: ${tinyVolume(6)} }]
${tinyTraining}`;

/** Runs it, in the file tiny.yaml of a folder. */
export function runTiny(
  folder: string,
  ...words: readonly string[]
): Promise<Said> {
  Deno.writeTextFileSync(join(folder, "tiny.yaml"), tinyExperiment);
  return say(folder, "run", "tiny.yaml", ...words);
}
