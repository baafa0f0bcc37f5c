import { distanceTransform } from "@/core/mod.ts";
import {
  defineMetric,
  type MetricOutput,
  proposalOf,
  truthOf,
} from "./_metric.ts";
import { thresholdOf } from "./dice.ts";

const farNm = 200;

/**
 * The clefts task of the CREMI challenge as its `cremi_python` measures it:
 * Euclidean distances in nanometres from every voxel called cleft to the truth
 * and from every cleft voxel to those called so, zeros included; `score` is the
 * mean of the two means. A voxel farther than 200 nm is a false positive or a
 * false negative. Unlabelled voxels are background on both sides.
 *
 * Where one side is empty there is no distance: the means, deviations, maxima
 * and the score are null, and every voxel of the other side is false.
 */
export const cremi = defineMetric({
  name: "cremi",
  summary: "Distances of the CREMI challenge's clefts task",
  options: {},
  create: () => ({
    outputs: [
      {
        ...nm(
          "adgt",
          "ADGT",
          "Mean distance of voxels called cleft to the truth",
        ),
        prominence: 6,
      },
      nm("adgtStd", "ADGT std", "Standard deviation of those distances"),
      nm("adgtMax", "ADGT max", "Largest of those distances"),
      {
        ...nm(
          "adf",
          "ADF",
          "Mean distance of cleft voxels to those called cleft",
        ),
        prominence: 7,
      },
      nm("adfStd", "ADF std", "Standard deviation of those distances"),
      nm("adfMax", "ADF max", "Largest of those distances"),
      {
        ...nm("score", "CREMI score", "CREMI score: mean of adgt and adf"),
        prominence: 3,
      },
      voxels(
        "fp200",
        "FP > 200 nm",
        "Voxels called cleft farther than 200 nm from the truth",
      ),
      voxels(
        "fn200",
        "FN > 200 nm",
        "Cleft voxels farther than 200 nm from those called so",
      ),
      {
        name: "f1At200",
        label: "F1 at 200 nm",
        summary: "F1 of the shares within 200 nm on both sides",
        unit: "",
        better: "higher",
        best: 1,
        bounds: [0, 1],
      },
    ],
    evaluate(input) {
      const { shapeVox, voxelNm } = input;
      const truth = truthOf(input);
      const proposal = proposalOf(input, thresholdOf(input));
      const far = (from: Uint8Array, to: Uint8Array) => {
        const outside = to.map((inside) => 1 - inside);
        return summarize(from, distanceTransform(outside, shapeVox, voxelNm));
      };
      const found = far(proposal, truth), missed = far(truth, proposal);
      const within = found.count - found.far;
      const reached = missed.count - missed.far;
      const isDefined = found.count > 0 && missed.count > 0;
      const precision = within / found.count, recall = reached / missed.count;
      return {
        adgt: found.mean,
        adgtStd: found.std,
        adgtMax: found.max,
        adf: missed.mean,
        adfStd: missed.std,
        adfMax: missed.max,
        score: isDefined ? (found.mean! + missed.mean!) / 2 : null,
        fp200: found.far,
        fn200: missed.far,
        f1At200: !isDefined
          ? null
          : precision + recall === 0
          ? 0
          : 2 * precision * recall / (precision + recall),
      };
    },
  }),
});

interface Distances {
  readonly count: number;
  readonly far: number;
  readonly mean: number | null;
  readonly std: number | null;
  readonly max: number | null;
}

/** What is told of the distances at the voxels of one side. */
function summarize(voxels: Uint8Array, distanceNm: Float64Array): Distances {
  let count = 0, far = 0, sum = 0, max = 0;
  for (let i = 0; i < voxels.length; i++) {
    if (voxels[i] === 0) continue;
    const distance = distanceNm[i]!;
    count++;
    sum += distance;
    if (distance > farNm) far++;
    if (distance > max) max = distance;
  }
  if (count === 0 || max === Infinity) {
    return { count, far, mean: null, std: null, max: null };
  }
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < voxels.length; i++) {
    if (voxels[i] !== 0) squares += (distanceNm[i]! - mean) ** 2;
  }
  return { count, far, mean, std: Math.sqrt(squares / count), max };
}

function nm(name: string, label: string, summary: string): MetricOutput {
  return { name, label, summary, unit: "nm", ...error };
}

function voxels(name: string, label: string, summary: string): MetricOutput {
  return { name, label, summary, unit: "voxels", ...error };
}

const error = { better: "lower", best: 0, bounds: [0, Infinity] } as const;
