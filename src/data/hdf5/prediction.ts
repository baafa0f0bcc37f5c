import {
  ExperimentError,
  type Grid,
  nearestName,
  type Prediction,
  type Zyx,
} from "@/core/mod.ts";
import type { Hdf5Dataset } from "./dataset.ts";
import { openHdf5 } from "./file.ts";
import {
  attributesOf,
  originOf,
  type PredictionOrigin,
} from "./prediction_origin.ts";
import { createHdf5 } from "./write.ts";

/** What the dataset of a prediction is called. */
export const predictionName = "volumes/prediction";

/** Some finished sections of a prediction, lowest z first. */
export interface ProbabilitySlab {
  /** Cleft probability, `[D, H, W]`, of whole sections. */
  readonly probability: Float32Array;
}

/** What is known of a prediction before its voxels. */
export interface PredictionHead extends Grid {
  /** Where it comes from; files of other programs do not say. */
  readonly madeBy?: PredictionOrigin;
}

/** A prediction file. */
export interface PredictionFile extends Prediction {
  /** Where it comes from; null if the file does not say. */
  readonly madeBy: PredictionOrigin | null;
}

/**
 * Writes a prediction as `volumes/prediction` (float32, z y x, with resolution,
 * offset and origin) slab by slab, so that memory holds one slab at a time. The
 * file appears when the last slab is in; nothing stays if `slabs` fails or ends
 * early.
 *
 * @throws {ExperimentError} If it cannot be written, or at the first slab with
 * what is no probability.
 */
export async function writePrediction(
  path: string,
  { head, slabs }: {
    readonly head: PredictionHead;
    readonly slabs: AsyncIterable<ProbabilitySlab> | Iterable<ProbabilitySlab>;
  },
): Promise<void> {
  using file = await createHdf5(path);
  const { shapeVox, voxelNm, offsetNm, madeBy } = head;
  const append = file.dataset(predictionName, {
    shapeVox,
    resolutionNm: voxelNm,
    offsetNm,
    ...(madeBy && { attributes: attributesOf(madeBy) }),
  });
  let voxels = 0;
  for await (const { probability } of slabs) {
    const bad = firstBad(probability);
    if (bad !== -1) {
      const voxel = voxelAt(voxels + bad, shapeVox).join(", ");
      throw new ExperimentError(
        `Cannot write "${path}": the network says ${
          probability[bad]
        } at voxel ${voxel}, which is no probability`,
        {
          where: path,
          fix: "Take other weights: these were damaged in training",
        },
      );
    }
    append(probability);
    voxels += probability.length;
  }
  file.commit();
}

/** A prediction file that is read a few sections at a time. */
export interface OpenPrediction extends Grid, Disposable {
  /** Where it comes from; null if the file does not say. */
  readonly madeBy: PredictionOrigin | null;
  /**
   * Cleft probability of whole sections from `startZ` on, `[D, H, W]`; new.
   *
   * @throws {ExperimentError} If a number is no probability, or is damaged.
   */
  read(startZ: number, sections: number): Float32Array;
}

/** Which prediction is read. */
export interface PredictionOptions {
  /** What names the file, for errors; its path by default. */
  readonly where?: string;
  /** Which of its datasets it is; `volumes/prediction` by default. */
  readonly dataset?: string | undefined;
}

/**
 * Opens a prediction file.
 *
 * @throws {ExperimentError} If it is no prediction of floating-point numbers, is
 * damaged, or does not say its resolution.
 */
export async function openPrediction(
  path: string,
  { where = path, dataset = predictionName }: PredictionOptions = {},
): Promise<OpenPrediction> {
  using opening = new DisposableStack();
  const file = opening.use(await openHdf5(path, where));
  const refuse = (why: string, fix: string) =>
    new ExperimentError(`Cannot read "${dataset}" of "${path}": ${why}`, {
      where,
      fix,
    });
  if (!file.has(dataset)) {
    const { names } = file, near = nearestName(dataset, names) ?? names[0];
    throw refuse(
      `the file has ${
        names.map((one) => `"${one}"`).join(", ") || "no dataset"
      }`,
      near === undefined
        ? "Name the file that predict wrote"
        : `Name the one with probabilities, such as --dataset ${near}`,
    );
  }
  const found = file.dataset(dataset);
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
  const madeBy = originIn(found, refuse);
  const { shapeVox, resolutionNm: voxelNm, offsetNm = [0, 0, 0] } = found;
  const opened = opening.move();
  return {
    ...{ shapeVox, voxelNm, offsetNm, madeBy },
    read(startZ, sections) {
      const [, height, width] = shapeVox;
      const numbers = found.read({
        startVox: [startZ, 0, 0],
        shapeVox: [sections, height, width],
      }) as Float32Array | Float64Array;
      const bad = firstBad(numbers);
      if (bad !== -1) {
        const at = startZ * height * width + bad;
        throw refuse(
          `voxel ${voxelAt(at, shapeVox).join(", ")} is ${
            numbers[bad]
          }, not from 0 to 1`,
          "Write probabilities, such as the sigmoid of logits",
        );
      }
      return numbers instanceof Float32Array
        ? numbers
        : Float32Array.from(numbers);
    },
    [Symbol.dispose]: () => opened.dispose(),
  };
}

/**
 * Reads a whole prediction file.
 *
 * @throws {ExperimentError} If it is no prediction of floating-point numbers, is
 * damaged, or does not say its resolution.
 */
export async function readPrediction(
  path: string,
  options: PredictionOptions = {},
): Promise<PredictionFile> {
  using file = await openPrediction(path, options);
  const { shapeVox, voxelNm, offsetNm, madeBy } = file;
  const probability = file.read(0, shapeVox[0]);
  return { shapeVox, voxelNm, offsetNm, madeBy, probability };
}

function originIn(
  found: Hdf5Dataset,
  refuse: (why: string, fix: string) => ExperimentError,
): PredictionOrigin | null {
  try {
    return originOf((name) => found.attribute(name));
  } catch (error) {
    if (error instanceof ExperimentError) throw error;
    throw refuse(
      (error as Error).message,
      "Predict it again, or remove the attribute `run`",
    );
  }
}

/** The place of the first number that is no probability, or -1. */
function firstBad(numbers: Float32Array | Float64Array): number {
  return numbers.findIndex((value) => !(value >= 0 && value <= 1));
}

function voxelAt(at: number, [, height, width]: Zyx): Zyx {
  return [
    Math.floor(at / (height * width)),
    Math.floor(at / width) % height,
    at % width,
  ];
}
