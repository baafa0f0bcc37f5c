import { defineMetric } from "./_metric.ts";
import { rankVoxels } from "./ranking.ts";

/**
 * The area under the precision-recall curve of labelled voxels,
 * `Σ (Rₙ - Rₙ₋₁) Pₙ` over all distinct probabilities, falling: exact, ties
 * together, no interpolation (`sklearn.metrics.average_precision_score`).
 * Null where there is no cleft voxel.
 */
export const averagePrecision = defineMetric({
  name: "averagePrecision",
  summary: "Area under the precision-recall curve of voxels",
  options: {},
  create: () => ({
    outputs: [{
      name: "ap",
      label: "AP",
      summary: "Average precision over all labelled voxels",
      unit: "",
      better: "higher",
      best: 1,
      bounds: [0, 1],
      prominence: 1,
    }],
    evaluate(input) {
      const { truePositives, falsePositives, positives } = rankVoxels(input);
      if (positives === 0) return { ap: null };
      let area = 0;
      for (let n = 0; n < truePositives.length; n++) {
        const hits = truePositives[n]!;
        const added = hits - (n === 0 ? 0 : truePositives[n - 1]!);
        area += added * hits / (hits + falsePositives[n]!);
      }
      return { ap: area / positives };
    },
  }),
});
