import { type Patch, type Volume, wholeBox, type Zyx } from "@/core/mod.ts";
import { type Forward, predict, type PredictPlan } from "@/infer/mod.ts";
import {
  bestThreshold,
  measure,
  type Metric,
  type MetricInput,
  type Scores,
} from "@/metric/mod.ts";

/** A network as evaluation sees it. */
export interface Evaluator {
  /** The cleft probability of one tile. */
  readonly forward: Forward;
  /** How it is applied to a whole volume. */
  readonly plan: PredictPlan;
  /** What is measured. */
  readonly metrics: readonly Metric[];
  /** Stops between two tiles. */
  readonly signal?: AbortSignal;
  /** Hears of each tile. */
  readonly onProgress?: (what: string) => void;
}

/** A prediction beside the truth. */
export interface Evaluated {
  /** The volume. */
  readonly volume: Volume;
  /** Its grey values and truth. */
  readonly patch: Patch;
  /** Cleft probability, `[D, H, W]`. */
  readonly probability: Float32Array;
  /** What was measured. */
  readonly scores: Scores;
}

/**
 * Applies a network to labelled volumes and measures it at one threshold: the
 * one given, or else the one of the best Dice over all their voxels. There is none
 * where nothing is cleft, nor numbers that need one.
 */
export async function evaluateVolumes(
  volumes: readonly Volume[],
  { forward, plan, metrics, signal, onProgress, threshold }: Evaluator & {
    readonly threshold?: number | undefined;
  },
): Promise<readonly Evaluated[]> {
  const predicted: Omit<Evaluated, "scores">[] = [];
  for (const volume of volumes) {
    const { probability } = await predict(volume, { forward, plan }, {
      signal,
      onProgress: (done, total) =>
        onProgress?.(`${volume.name}, tile ${done} of ${total}`),
    });
    const patch = volume.read(wholeBox(volume.shapeVox));
    predicted.push({ volume, patch, probability });
  }
  const settled = threshold ?? pooledThreshold(predicted);
  return predicted.map((one) => ({
    ...one,
    scores: measure(
      { ...inputOf(one), ...settled !== undefined && { threshold: settled } },
      metrics,
    ),
  }));
}

/** The threshold of the best Dice over the voxels of all volumes together, if any is cleft. */
function pooledThreshold(
  predicted: readonly Omit<Evaluated, "scores">[],
): number | undefined {
  if (!predicted.some(({ patch }) => hasCleft(patch))) return undefined;
  const voxels = predicted.reduce((n, one) => n + one.probability.length, 0);
  const probability = new Float32Array(voxels);
  const target = new Uint8Array(voxels), mask = new Uint8Array(voxels);
  let at = 0;
  for (const one of predicted) {
    probability.set(one.probability, at);
    target.set(one.patch.target, at);
    mask.set(one.patch.mask, at);
    at += one.probability.length;
  }
  const voxelNm = predicted[0]!.volume.voxelNm;
  const shapeVox: Zyx = [1, 1, voxels];
  return bestThreshold({ probability, target, mask, shapeVox, voxelNm });
}

/** A prediction beside the truth as metrics take it. */
export function inputOf(
  { probability, patch: { target, mask }, volume: { shapeVox, voxelNm } }: Omit<
    Evaluated,
    "scores"
  >,
): MetricInput {
  return { probability, target, mask, shapeVox, voxelNm };
}

function hasCleft({ target, mask }: Patch): boolean {
  return target.some((label, i) => label !== 0 && mask[i] !== 0);
}

/**
 * The mean over volumes of every score that all of them have; else null. A volume
 * without a cleft has no say in a score that it leaves undefined.
 */
export function meanScores(
  evaluated: readonly Pick<Evaluated, "patch" | "scores">[],
): Scores {
  const names = Object.keys(evaluated[0]?.scores ?? {});
  const empty = new Set(evaluated.filter(({ patch }) => !hasCleft(patch)));
  return Object.fromEntries(names.map((name) => {
    const values = evaluated
      .filter((one) => !empty.has(one) || (one.scores[name] ?? null) !== null)
      .map(({ scores }) => scores[name] ?? null);
    return [
      name,
      values.length === 0 || values.includes(null)
        ? null
        : values.reduce<number>((sum, v) => sum + v!, 0) / values.length,
    ];
  }));
}
