import {
  bothOf,
  choice,
  chosen,
  flag,
  floatsOf,
  inArena,
  positive,
  type Sample,
} from "@/core/mod.ts";
import { cleftWeightOf } from "./_class_weights.ts";
import { distanceTo } from "./_distance.ts";
import { defineTarget } from "./_target.ts";

/**
 * 1 inside a cleft and 0 elsewhere. With class weights a cleft voxel weighs
 * `(1 - f) / f` and any other voxel 1, where `f` is the share of clefts among
 * the labelled voxels of the patch, at least 0.0001 (SMP-3); so both classes
 * weigh the same. With distance weights a voxel outside weighs `tanh(D / S)`
 * instead, with the nanometres D to the nearest labelled cleft voxel of the
 * patch (SMP-5): what is close to a cleft may well be called one. Weights are
 * 1 where nothing is labelled.
 */
export const binary = defineTarget({
  name: "binary",
  summary: "1 inside a cleft, 0 elsewhere",
  options: {
    classWeights: flag(true, "weigh clefts so that both classes count alike"),
    distanceWeights: flag(false, "weigh what is close to a cleft less"),
    distanceScaleNm: positive(
      50,
      "S, the distance from a cleft at which a voxel weighs 0.76",
    ),
    coarsening: choice(
      ["max", "mean", "nearest"],
      "max",
      "what a block of voxels becomes at a coarser level: cleft if any is, their share, or the one at its middle",
    ),
  },
  create: (
    { classWeights, distanceWeights, distanceScaleNm, coarsening },
  ) => ({
    values: "labels",
    slope: 1,
    coarsening,
    make: (sample) =>
      inArena(() => {
        const { target, mask } = sample; // [D, H, W]
        const cleftWeight = classWeights ? cleftWeightOf(sample) : 1;
        const cleft = bothOf(target, mask);
        const weight = chosen(cleft, { zero: 1, other: cleftWeight });
        if (distanceWeights) {
          weightFarFrom(cleft, sample, { scaleNm: distanceScaleNm, weight });
        }
        return { target: floatsOf(target), mask: floatsOf(mask), weight };
      }),
  }),
});

/** Weighs what is labelled and no cleft by `tanh(D / S)`, by 1 without a cleft. */
function weightFarFrom(
  cleft: Uint8Array,
  sample: Sample,
  { scaleNm, weight }: { scaleNm: number; weight: Float32Array },
): void {
  const distanceNm = distanceTo(cleft, sample);
  for (let i = 0; i < weight.length; i++) {
    if (sample.mask[i] && !cleft[i]) {
      weight[i] = Math.tanh(distanceNm[i]! / scaleNm);
    }
  }
}
