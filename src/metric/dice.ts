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
        summary: "Dice at the threshold",
        unit: "",
        better: "higher",
        best: 1,
      },
      {
        name: "threshold",
        summary: "Voxels of at least this probability are called cleft",
        unit: "",
        better: "neither",
        best: null,
      },
    ],
    evaluate(input) {
      const threshold = thresholdOf(input);
      const truth = truthOf(input), proposal = proposalOf(input, threshold);
      let both = 0, either = 0;
      for (let i = 0; i < truth.length; i++) {
        both += truth[i]! & proposal[i]!;
        either += truth[i]! + proposal[i]!;
      }
      const hasTruth = truth.includes(1);
      return { dice: hasTruth ? 2 * both / either : null, threshold };
    },
  }),
});

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
