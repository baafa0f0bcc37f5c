import {
  ExperimentError,
  type Grid,
  type Prediction,
  wholeBox,
} from "@/core/mod.ts";
import { openHdf5 } from "./file.ts";
import { createHdf5 } from "./write.ts";

const dataset = "volumes/prediction";

/** Some finished sections of a prediction, lowest z first. */
export interface ProbabilitySlab {
  /** Cleft probability, `[D, H, W]`, of whole sections. */
  readonly probability: Float32Array;
}

/**
 * Writes a prediction as `volumes/prediction` (float32, z y x, with resolution
 * and offset) slab by slab, so that memory holds one slab at a time. The file
 * appears when the last slab is in; nothing stays if `slabs` fails or ends early.
 *
 * @throws {ExperimentError} If it cannot be written.
 */
export async function writePrediction(
  path: string,
  grid: Grid,
  slabs: AsyncIterable<ProbabilitySlab> | Iterable<ProbabilitySlab>,
): Promise<void> {
  using file = await createHdf5(path);
  const append = file.dataset(dataset, {
    shapeVox: grid.shapeVox,
    resolutionNm: grid.voxelNm,
    offsetNm: grid.offsetNm,
  });
  for await (const { probability } of slabs) append(probability);
  file.commit();
}

/**
 * Reads a whole prediction file.
 *
 * @throws {ExperimentError} If it is no prediction of floating-point numbers, is
 * damaged, or does not say its resolution.
 */
export async function readPrediction(
  path: string,
  where = path,
): Promise<Prediction> {
  using file = await openHdf5(path, where);
  const found = file.dataset(dataset);
  const refuse = (why: string, fix: string) =>
    new ExperimentError(`Cannot read "${dataset}" of "${path}": ${why}`, {
      where,
      fix,
    });
  if (!found.kind.startsWith("f")) {
    throw refuse(
      `its numbers are ${found.kind}, they should be f32`,
      "Write probabilities from 0 to 1 as float32",
    );
  }
  if (!found.resolutionNm) {
    throw refuse(
      `it has no attribute "resolution"`,
      "Add it: nanometres, z y x",
    );
  }
  const numbers = found.read(wholeBox(found.shapeVox)) as
    | Float32Array
    | Float64Array;
  const bad = numbers.findIndex((value) => !(value >= 0 && value <= 1));
  if (bad !== -1) {
    const [, height, width] = found.shapeVox;
    const voxel = [
      Math.floor(bad / (height * width)),
      Math.floor(bad / width) % height,
      bad % width,
    ];
    throw refuse(
      `voxel ${voxel.join(", ")} is ${numbers[bad]}, not from 0 to 1`,
      "Write probabilities, such as the sigmoid of logits",
    );
  }
  return {
    shapeVox: found.shapeVox,
    voxelNm: found.resolutionNm,
    offsetNm: found.offsetNm ?? [0, 0, 0],
    probability: numbers instanceof Float32Array
      ? numbers
      : Float32Array.from(numbers),
  };
}
