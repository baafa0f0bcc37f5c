import {
  defineMetric,
  type MetricInput,
  proposalOf,
  truthOf,
} from "./_metric.ts";
import { rankVoxels } from "./ranking.ts";

/**
 * Dice of labelled voxels at the threshold, `2TP / (2TP + FP + FN)`. Null where
 * there is no cleft voxel.
 */
export const dice = defineMetric({
  name: "dice",
  summary: "Overlap of the voxels called cleft with those that are",
  options: {},
  create: () => ({
    outputs: [
      {
        name: "dice",
        label: "Dice",
        summary: "Dice at the threshold",
        unit: "",
        better: "higher",
        best: 1,
        bounds: [0, 1],
        prominence: 2,
      },
      {
        name: "threshold",
        label: "Threshold",
        summary: "Voxels of at least this probability are called cleft",
        unit: "",
        better: "neither",
        best: null,
        bounds: [-Infinity, Infinity],
        isSetting: true,
      },
    ],
    evaluate(input) {
      const threshold = thresholdOf(input);
      return { dice: diceOf(overlapOf({ ...input, threshold })), threshold };
    },
  }),
});

/** Labelled voxels of a cleft, of what is called so, and of both. */
export interface Overlap {
  /** Cleft voxels. */
  readonly truthVox: number;
  /** Voxels called cleft. */
  readonly predictedVox: number;
  /** Cleft voxels called so. */
  readonly bothVox: number;
}

/** Counts the voxels of both sides at a threshold. */
export function overlapOf(
  input: MetricInput & { readonly threshold: number },
): Overlap {
  const truth = truthOf(input), proposal = proposalOf(input, input.threshold);
  let truthVox = 0, predictedVox = 0, bothVox = 0;
  for (let i = 0; i < truth.length; i++) {
    truthVox += truth[i]!;
    predictedVox += proposal[i]!;
    bothVox += truth[i]! & proposal[i]!;
  }
  return { truthVox, predictedVox, bothVox };
}

/** `2TP / (2TP + FP + FN)`; null where there is no cleft voxel. */
export function diceOf(
  { truthVox, predictedVox, bothVox }: Overlap,
): number | null {
  return truthVox === 0 ? null : 2 * bothVox / (truthVox + predictedVox);
}

/**
 * The threshold with the best Dice over all there are; of equal ones the
 * highest. 0.5 where no cleft voxel has a probability.
 */
export function bestThreshold(input: MetricInput): number {
  const { thresholds, truePositives, falsePositives, positives } = rankVoxels(
    input,
  );
  let best = -1, threshold = 0.5;
  for (let n = 0; n < thresholds.length; n++) {
    const hits = truePositives[n]!;
    const value = 2 * hits / (hits + falsePositives[n]! + positives);
    if (value > best) [best, threshold] = [value, thresholds[n]!];
  }
  return threshold;
}

/** The threshold given, or else the best. */
export function thresholdOf(input: MetricInput): number {
  return input.threshold ?? bestThreshold(input);
}
