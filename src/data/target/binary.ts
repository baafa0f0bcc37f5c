import { choice, flag } from "@/core/mod.ts";
import { cleftWeightOf } from "./_class_weights.ts";
import { defineTarget } from "./_target.ts";

/**
 * 1 inside a cleft and 0 elsewhere. With class weights a cleft voxel weighs
 * `(1 - f) / f` and any other voxel 1, where `f` is the share of clefts among
 * the labelled voxels of the patch, at least 0.0001 (SMP-3); so both classes
 * weigh the same. Weights are 1 where nothing is labelled.
 */
export const binary = defineTarget({
  name: "binary",
  summary: "1 inside a cleft, 0 elsewhere",
  options: {
    classWeights: flag(true, "weigh clefts so that both classes count alike"),
    coarsening: choice(
      ["max", "mean", "nearest"],
      "max",
      "what a block of voxels becomes at a coarser level: cleft if any is, their share, or the one at its middle",
    ),
  },
  create: ({ classWeights, coarsening }) => ({
    values: "labels",
    slope: 1,
    coarsening,
    make(sample) {
      const { target, mask } = sample; // [D, H, W]
      const cleftWeight = classWeights ? cleftWeightOf(sample) : 1;
      const weight = new Float32Array(target.length).fill(1);
      for (let i = 0; i < target.length; i++) {
        if (target[i]! & mask[i]!) weight[i] = cleftWeight;
      }
      return {
        target: new Float32Array(target),
        mask: new Float32Array(mask),
        weight,
      };
    },
  }),
});
