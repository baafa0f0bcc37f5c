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
  /** The same and what the head says by which partners are found, if they are. */
  withPolarity?(): readonly [forward: Forward, polarity: Forward];
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
  /** What the head says by which partners are found, if that was asked. */
  readonly polarity?: Float32Array;
  /** 1 where post-processing says cleft, if there was any. */
  readonly cleft?: Uint8Array;
  /** What was measured. */
  readonly scores: Scores;
}

/** A prediction beside the truth, before it is measured. */
export type Predicted = Omit<Evaluated, "scores">;

/**
 * Applies a network to labelled volumes and measures it at one threshold, that of
 * the best Dice over all their voxels.
 */
export async function evaluateVolumes(
  volumes: readonly Volume[],
  evaluator: Evaluator,
): Promise<readonly Evaluated[]> {
  const predicted = await predictVolumes(volumes, evaluator);
  return measureVolumes(predicted, {
    metrics: evaluator.metrics,
    threshold: pooledThreshold(predicted),
  });
}

/** Applies a network to labelled volumes; asks for polarity where it is needed. */
export async function predictVolumes(
  volumes: readonly Volume[],
  { forward, withPolarity, plan, signal, onProgress, needsPolarity }:
    & Evaluator
    & { needsPolarity?(volume: Volume): boolean },
): Promise<readonly Predicted[]> {
  const predicted: Predicted[] = [];
  for (const volume of volumes) {
    const both = needsPolarity?.(volume) ? withPolarity?.() : undefined;
    const [clefts, polarity] = await allOf(
      (both ?? [forward]).map((one, i) =>
        predict(volume, { forward: one, plan }, {
          signal,
          onProgress: (done, total) =>
            i === 0 &&
            onProgress?.(`${volume.name}, tile ${done} of ${total}`),
        })
      ),
    );
    const patch = volume.read(wholeBox(volume.shapeVox));
    predicted.push({
      ...{ volume, patch, probability: clefts!.probability },
      ...polarity && { polarity: polarity.probability },
    });
  }
  return predicted;
}

/** All of them, or the first failure once none goes on any more. */
async function allOf<Value>(
  promises: readonly Promise<Value>[],
): Promise<readonly Value[]> {
  await Promise.allSettled(promises);
  return await Promise.all(promises);
}

/**
 * Measures predictions at one threshold. Where there is none, as nothing is cleft,
 * there are no numbers that need one.
 */
export function measureVolumes(
  predicted: readonly Predicted[],
  { metrics, threshold }: {
    readonly metrics: readonly Metric[];
    readonly threshold: number | undefined;
  },
): readonly Evaluated[] {
  return predicted.map((one) => ({
    ...one,
    scores: measure(
      { ...inputOf(one), ...threshold !== undefined && { threshold } },
      metrics,
    ),
  }));
}

/** The threshold of the best Dice over the voxels of all volumes together, if any is cleft. */
export function pooledThreshold(
  predicted: readonly Predicted[],
): number | undefined {
  if (!predicted.some(({ patch }) => hasCleft(patch))) return undefined;
  const voxels = predicted.map((one) => one.probability.length)
    .reduce((sum, more) => sum + more);
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
  { probability, cleft, patch, volume: { shapeVox, voxelNm } }: Predicted,
): MetricInput {
  const { target, mask } = patch;
  const input = { probability, target, mask, shapeVox, voxelNm };
  return cleft ? { ...input, cleft } : input;
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
