import {
  type Box,
  channelsIn,
  ExperimentError,
  type Grid,
  nearestName,
  type Prediction,
  type Quantity,
  wholeBox,
  type Zyx,
} from "@/core/mod.ts";
import { createContainer, openContainer } from "../container/mod.ts";
import type { VoxelArray } from "../voxels/mod.ts";
import { attributesOf, originOf, type PredictionOrigin } from "./origin.ts";

/** What the array of a prediction is called. */
export const predictionName = "volumes/prediction";

/** An array for each component of a vector, along z, y and x. */
const componentNames = ["z", "y", "x"]
  .map((axis) => `${predictionName}/${axis}`);

/** Some finished sections of a prediction, lowest z first. */
export interface ProbabilitySlab {
  /** Cleft probability, `[D, H, W]`, of whole sections; of vectors `[3, D, H, W]`. */
  readonly probability: Float32Array;
}

/** What is known of a prediction before its voxels. */
export interface PredictionHead extends Grid {
  /** What it is of each voxel; a number by default. */
  readonly quantity?: Quantity;
  /** Where it comes from; files of other programs do not say. */
  readonly madeBy?: PredictionOrigin;
}

/** A prediction file. */
export interface PredictionFile extends Prediction {
  /** Where it comes from; null if the file does not say. */
  readonly madeBy: PredictionOrigin | null;
}

/** A prediction in a file, read box by box. */
export interface OpenPrediction extends Grid, Disposable {
  /** Where it comes from; null if the file does not say. */
  readonly madeBy: PredictionOrigin | null;
  /** What a reader should know of the way it is read. */
  readonly notes: readonly string[];
  /**
   * The cleft probability of a box, `[D, H, W]`; new, the caller's.
   *
   * @throws {ExperimentError} If it is damaged, or not from 0 to 1.
   * @throws {RangeError} If the box is not inside.
   */
  read(box: Box): Float32Array;
}

/** Which prediction is read. */
export interface PredictionOptions {
  /** What names the file, for errors; its path by default. */
  readonly where?: string;
  /** Which of its arrays it is; `volumes/prediction` by default. */
  readonly dataset?: string | undefined;
}

/**
 * Writes a prediction as `volumes/prediction` (float32, z y x, with resolution,
 * offset and origin) in the form that the name stands for, slab by slab, so that
 * memory holds some sections at a time; vectors as `volumes/prediction/z`, `y` and
 * `x`, from -1 to 1. It appears when the last slab is in; nothing stays if `slabs`
 * fails or ends early.
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
  using file = await createContainer(path);
  const { shapeVox, voxelNm, offsetNm, madeBy, quantity = "scalar" } = head;
  const isVector = quantity === "vector";
  const appends = (isVector ? componentNames : [predictionName]).map((name) =>
    file.dataset(name, {
      shapeVox,
      resolutionNm: voxelNm,
      offsetNm,
      ...(madeBy && { attributes: attributesOf(madeBy) }),
    })
  );
  let voxels = 0;
  for await (const { probability } of slabs) {
    const size = probability.length / appends.length;
    for (const [k, values] of channelsIn(probability, size).entries()) {
      const bad = firstBad(values, isVector ? -1 : 0);
      if (bad !== -1) {
        const voxel = voxelAt(voxels + bad, shapeVox).join(", ");
        throw new ExperimentError(
          `Cannot write "${path}": the network says ${
            values[bad]
          } at voxel ${voxel}, which is no ${
            isVector ? "part of a direction" : "probability"
          }`,
          {
            where: path,
            fix: "Take other weights: these were damaged in training",
          },
        );
      }
      appends[k]!(values);
    }
    voxels += size;
  }
  file.commit();
}

/**
 * Reads a whole prediction.
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
  const probability = file.read(wholeBox(shapeVox));
  return { shapeVox, voxelNm, offsetNm, madeBy, probability };
}

/**
 * Opens a prediction of any form for reading boxes.
 *
 * @throws {ExperimentError} If it is no prediction of floating-point numbers, is
 * damaged, or does not say its resolution.
 */
export async function openPrediction(
  path: string,
  { where = path, dataset = predictionName }: PredictionOptions = {},
): Promise<OpenPrediction> {
  using opened = new DisposableStack();
  const file = opened.use(await openContainer(path, where));
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
  const kept = opened.move();
  return {
    shapeVox: found.shapeVox,
    voxelNm: found.resolutionNm,
    offsetNm: found.offsetNm ?? [0, 0, 0],
    notes: found.notes,
    madeBy,
    read(box) {
      const numbers = found.read(box) as Float32Array | Float64Array;
      const bad = firstBad(numbers);
      if (bad === -1) {
        return numbers instanceof Float32Array
          ? numbers
          : Float32Array.from(numbers);
      }
      const voxel = voxelAt(bad, box.shapeVox)
        .map((at, axis) => at + box.startVox[axis]!);
      throw refuse(
        `voxel ${voxel.join(", ")} is ${numbers[bad]}, not from 0 to 1`,
        "Write probabilities, such as the sigmoid of logits",
      );
    },
    [Symbol.dispose]: () => kept.dispose(),
  };
}

function originIn(
  found: VoxelArray,
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

/** Lengths of vectors are 1 but for the last bits. */
const rounding = 1e-5;

/**
 * The place of the first number that is no probability, or no component of a
 * vector where the least is -1; else -1.
 */
function firstBad(
  numbers: Float32Array | Float64Array,
  least: 0 | -1 = 0,
): number {
  const most = least === 0 ? 1 : 1 + rounding;
  return numbers.findIndex((value) =>
    !(value >= (least === 0 ? 0 : -most) && value <= most)
  );
}

function voxelAt(at: number, [, height, width]: Zyx): Zyx {
  return [
    Math.floor(at / (height * width)),
    Math.floor(at / width) % height,
    at % width,
  ];
}
