import { choice, flag, positive, type Sample } from "@/core/mod.ts";
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
    make(sample) {
      const { target, mask } = sample; // [D, H, W]
      const cleftWeight = classWeights ? cleftWeightOf(sample) : 1;
      const cleft = target.map((v, i) => v & mask[i]!);
      const weight = distanceWeights
        ? weightsFarFrom(cleft, sample, distanceScaleNm)
        : new Float32Array(target.length).fill(1);
      for (let i = 0; i < target.length; i++) {
        if (cleft[i]) weight[i] = cleftWeight;
        else if (!mask[i]) weight[i] = 1;
      }
      return {
        target: new Float32Array(target),
        mask: new Float32Array(mask),
        weight,
      };
    },
  }),
});

/** `tanh(D / S)` of the distance to the nearest cleft voxel, 1 without one. */
function weightsFarFrom(
  cleft: Uint8Array,
  sample: Sample,
  scaleNm: number,
): Float32Array {
  return Float32Array.from(
    distanceTo(cleft, sample),
    (nm) => Math.tanh(nm / scaleNm),
  );
}
