import { cleftDistances } from "./_distances.ts";
import { defineMetric, type MetricOutput } from "./_metric.ts";

const farNm = 200;

/**
 * The clefts task of the CREMI challenge as its `cremi_python` measures it:
 * Euclidean distances in nanometres from every voxel called cleft to the truth
 * and from every cleft voxel to those called so, zeros included; `score` is the
 * mean of the two means. A voxel farther than 200 nm is a false positive or a
 * false negative. Unlabelled voxels are background on both sides.
 *
 * What is published leaves open which number is the score: the challenge's page
 * names the F1 of false positives and negatives beside both distances, while
 * leaderboards and CNNectome use the mean of the two, here `score`; F1 is
 * `f1At200`. Over several samples both are averaged, each sample counting the same.
 *
 * Where one side is empty there is no distance, where scipy's transform measures
 * to a voxel that is not there: the means, deviations, maxima
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
      const { toTruth, toProposal } = cleftDistances(input);
      const found = summarize(toTruth), missed = summarize(toProposal);
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

/** What is told of the distances of one side. */
function summarize(distancesNm: Float64Array): Distances {
  const count = distancesNm.length;
  let far = 0, sum = 0, max = 0;
  for (const distance of distancesNm) {
    sum += distance;
    if (distance > farNm) far++;
    if (distance > max) max = distance;
  }
  if (count === 0 || max === Infinity) {
    return { count, far, mean: null, std: null, max: null };
  }
  const mean = sum / count;
  let squares = 0;
  for (const distance of distancesNm) squares += (distance - mean) ** 2;
  return { count, far, mean, std: Math.sqrt(squares / count), max };
}

function nm(name: string, label: string, summary: string): MetricOutput {
  return { name, label, summary, unit: "nm", ...error };
}

function voxels(name: string, label: string, summary: string): MetricOutput {
  return { name, label, summary, unit: "voxels", ...error };
}

const error = { better: "lower", best: 0, bounds: [0, Infinity] } as const;
