import { nonNegative } from "@/core/mod.ts";
import { cleftDistances } from "./_distances.ts";
import { defineMetric, type MetricOutput } from "./_metric.ts";

/**
 * Clefts with a tolerance, as CNNectome evaluates CREMI: a voxel is false if it is
 * farther than `toleranceNm` from the other side, precision and recall are the
 * shares that are not, and distances are means that no voxel counts for more than
 * `clipNm` in. Distances as in `cremi`. Null where one side is empty.
 */
export const tolerance = defineMetric({
  name: "tolerance",
  summary: "Precision, recall and distances of cleft voxels with a tolerance",
  options: {
    toleranceNm: nonNegative(40, "distance from which on a voxel is not false"),
    clipNm: nonNegative(200, "the most that a distance counts"),
  },
  create: ({ toleranceNm, clipNm }) => ({
    outputs: [
      voxels(
        "fpBeyond",
        "FP beyond tolerance",
        "Voxels called cleft beyond the tolerance from the truth",
      ),
      voxels(
        "fnBeyond",
        "FN beyond tolerance",
        "Cleft voxels beyond the tolerance from those called so",
      ),
      share(
        "precisionWithin",
        "Precision within tolerance",
        "Share of the voxels called cleft that are within the tolerance",
      ),
      share(
        "recallWithin",
        "Recall within tolerance",
        "Share of the cleft voxels that are within the tolerance",
      ),
      share(
        "f1Within",
        "F1 within tolerance",
        "Harmonic mean of precision and recall within the tolerance",
      ),
      nm(
        "adgtClipped",
        "ADGT clipped",
        "Mean distance of voxels called cleft to the truth, clipped",
      ),
      nm(
        "adfClipped",
        "ADF clipped",
        "Mean distance of cleft voxels to those called cleft, clipped",
      ),
    ],
    evaluate(input) {
      const { toTruth, toProposal } = cleftDistances(input);
      const beyond = (distances: Float64Array) =>
        distances.reduce((n, nm) => nm > toleranceNm ? n + 1 : n, 0);
      const clipped = (distances: Float64Array) =>
        distances.reduce((sum, nm) => sum + Math.min(nm, clipNm), 0) /
        distances.length;
      const fpBeyond = beyond(toTruth), fnBeyond = beyond(toProposal);
      if (toTruth.length === 0 || toProposal.length === 0) {
        return { fpBeyond, fnBeyond, ...undefinedShares };
      }
      const precision = 1 - fpBeyond / toTruth.length;
      const recall = 1 - fnBeyond / toProposal.length;
      const both = precision + recall;
      return {
        fpBeyond,
        fnBeyond,
        precisionWithin: precision,
        recallWithin: recall,
        f1Within: both === 0 ? 0 : 2 * precision * recall / both,
        adgtClipped: clipped(toTruth),
        adfClipped: clipped(toProposal),
      };
    },
  }),
});

const undefinedShares = {
  precisionWithin: null,
  recallWithin: null,
  f1Within: null,
  adgtClipped: null,
  adfClipped: null,
};

const error = { better: "lower", best: 0, bounds: [0, Infinity] } as const;

function voxels(name: string, label: string, summary: string): MetricOutput {
  return { name, label, summary, unit: "voxels", ...error };
}

function nm(name: string, label: string, summary: string): MetricOutput {
  return { name, label, summary, unit: "nm", ...error };
}

function share(name: string, label: string, summary: string): MetricOutput {
  return {
    ...{ name, label, summary, unit: "" },
    ...{ better: "higher", best: 1, bounds: [0, 1] },
  };
}
