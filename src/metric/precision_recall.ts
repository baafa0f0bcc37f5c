import { rankVoxels } from "./ranking.ts";

/** A point of a precision-recall curve. */
export interface CurvePoint {
  /** Voxels of at least this probability are called cleft. */
  readonly threshold: number;
  /** Share of them that are cleft. */
  readonly precision: number;
  /** Share of the cleft voxels among them. */
  readonly recall: number;
}

/**
 * Points of the precision-recall curve of labelled voxels, falling threshold,
 * evenly spread in recall and each exact: the ones that first reach 1/points,
 * 2/points, … of the cleft voxels that have a probability. None where there is
 * no cleft voxel.
 */
export function precisionRecall(
  probability: Float32Array,
  target: Uint8Array,
  mask: Uint8Array,
  points = 200,
): CurvePoint[] {
  const { thresholds, truePositives, falsePositives, positives } = rankVoxels({
    probability,
    target,
    mask,
    shapeVox: [1, 1, probability.length],
    voxelNm: [1, 1, 1],
  });
  const last = truePositives.at(-1) ?? 0;
  const curve: CurvePoint[] = [];
  for (let n = 0, wanted = 1; n < thresholds.length; n++) {
    const hits = truePositives[n]!;
    if (hits * points < wanted * last) continue;
    wanted = Math.floor(hits * points / last) + 1;
    curve.push({
      threshold: thresholds[n]!,
      precision: hits / (hits + falsePositives[n]!),
      recall: hits / positives,
    });
  }
  return curve;
}
