import { type Patch, type Volume, wholeBox, type Zyx } from "@/core/mod.ts";
import { type Forward, predict, type PredictPlan } from "@/infer/mod.ts";
import {
  bestThreshold,
  darkness,
  measure,
  type Metric,
  type MetricInput,
  precisionRecall,
  type Scores,
} from "@/metric/mod.ts";
import type { EvaluationRecord, Recorder, Split } from "@/record/mod.ts";
import { scoreSections, sectionPng, sectionsToShow } from "./pictures.ts";

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
 * one given, or else the one of the best Dice over all their voxels.
 */
export async function evaluateVolumes(
  volumes: readonly Volume[],
  { forward, plan, metrics, signal }: Evaluator,
  threshold?: number,
): Promise<readonly Evaluated[]> {
  const predicted: Omit<Evaluated, "scores">[] = [];
  for (const volume of volumes) {
    const { probability } = await predict(volume, forward, plan, { signal });
    const patch = volume.read(wholeBox(volume.shapeVox));
    predicted.push({ volume, patch, probability });
  }
  const settled = threshold ?? pooledThreshold(predicted);
  return predicted.map((one) => ({
    ...one,
    scores: measure({ ...inputOf(one), threshold: settled }, metrics),
  }));
}

/** The threshold of the best Dice over the voxels of all volumes together. */
function pooledThreshold(
  predicted: readonly Omit<Evaluated, "scores">[],
): number {
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
function inputOf(
  { probability, patch: { target, mask }, volume: { shapeVox, voxelNm } }: Omit<
    Evaluated,
    "scores"
  >,
): MetricInput {
  return { probability, target, mask, shapeVox, voxelNm };
}

/** The mean over volumes of every score that all of them have; else null. */
export function meanScores(evaluated: readonly Evaluated[]): Scores {
  const names = Object.keys(evaluated[0]?.scores ?? {});
  return Object.fromEntries(names.map((name) => {
    const values = evaluated.map(({ scores }) => scores[name] ?? null);
    return [
      name,
      values.includes(null)
        ? null
        : values.reduce<number>((sum, v) => sum + v!, 0) / values.length,
    ];
  }));
}

/** Where an evaluation belongs in the record. */
export interface EvaluationPlace {
  /** The data's role. */
  readonly split: Split;
  /** Where the threshold was chosen. */
  readonly thresholdFrom: Split;
  /** The step whose weights were evaluated. */
  readonly step: number;
  /** How many sections are kept as pictures. */
  readonly sectionsShown: number;
  /** What is measured. */
  readonly metrics: readonly Metric[];
}

/** Records an evaluation: scores, baseline, curve, and sections as pictures. */
export function recordEvaluation(
  recorder: Recorder,
  { volume, patch, probability, scores }: Evaluated,
  place: EvaluationPlace,
): EvaluationRecord {
  const { shapeVox, voxelNm, name } = volume;
  const { target, mask, image } = patch;
  const { split, thresholdFrom, step } = place;
  const dark = darkness(image, shapeVox);
  const sections = sectionsToShow(
    scoreSections({
      ...inputOf({ volume, patch, probability }),
      threshold: scores.threshold ?? 0.5,
    }),
    place.sectionsShown,
  );
  const record: EvaluationRecord = {
    split,
    volume: name,
    step,
    shapeVox: [...shapeVox],
    voxelNm: [...voxelNm],
    thresholdFrom,
    metrics: scores,
    baseline: measure(
      inputOf({ volume, patch, probability: dark }),
      place.metrics,
    ),
    precisionRecall: precisionRecall(probability, target, mask),
    sections,
  };
  const base = `evaluation/${split}/${name}`;
  recorder.artifact(
    `${base}.json`,
    "application/json",
    new TextEncoder().encode(JSON.stringify(record)),
  );
  for (const { z } of sections) {
    const keep = (what: string, array: Float32Array | Uint8Array) => {
      const png = sectionPng(array, shapeVox, z);
      recorder.artifact(`${base}/${z}/${what}.png`, "image/png", png);
    };
    keep("raw", image);
    keep("truth", target);
    keep("prediction", probability);
  }
  return record;
}
