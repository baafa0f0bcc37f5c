import { distanceTransform } from "@/core/mod.ts";
import { type MetricInput, proposalOf, truthOf } from "./_metric.ts";
import { thresholdOf } from "./dice.ts";

/** Distances in nanometres between what is called cleft and what is, zeros included. */
export interface CleftDistances {
  /** Of each voxel called cleft to the truth; infinite where that is empty. */
  readonly toTruth: Float64Array;
  /** Of each cleft voxel to those called so. */
  readonly toProposal: Float64Array;
}

/** Those of inputs that metrics are still measured on. */
const known = new WeakMap<MetricInput, CleftDistances>();

/**
 * Measures Euclidean distances, once for all metrics of an input; unlabelled
 * voxels are background on both sides.
 */
export function cleftDistances(input: MetricInput): CleftDistances {
  const found = known.get(input) ?? distancesOf(input);
  known.set(input, found);
  return found;
}

function distancesOf(input: MetricInput): CleftDistances {
  const truth = truthOf(input);
  const proposal = proposalOf(input, thresholdOf(input));
  return {
    toTruth: distancesAt(proposal, truth, input),
    toProposal: distancesAt(truth, proposal, input),
  };
}

/** The distances of the voxels of one mask to another, in their order. */
function distancesAt(
  from: Uint8Array,
  to: Uint8Array,
  { shapeVox, voxelNm }: MetricInput,
): Float64Array {
  const outside = to.map((inside) => 1 - inside);
  const distanceNm = distanceTransform(outside, shapeVox, voxelNm);
  const at = new Float64Array(from.reduce((n, one) => n + one, 0));
  for (let i = 0, n = 0; i < from.length; i++) {
    if (from[i] !== 0) at[n++] = distanceNm[i]!;
  }
  return at;
}
