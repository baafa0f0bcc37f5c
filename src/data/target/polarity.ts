import { flag, positive } from "@/core/mod.ts";
import { cleftWeightOf } from "./_class_weights.ts";
import { nearPairs } from "./_near_pairs.ts";
import { defineTarget } from "./_target.ts";

/** Farther than so many reaches the proximity is taken to be 0. */
const lastReach = 3;

/**
 * Signed proximity to synaptic partners (techniques A9; Parag et al. 2018):
 * `exp(-D² / 2S²)` with the nanometres D to the line between the two sites of the
 * nearest pair, positive on the half of the presynaptic site, negative on that of
 * the other, 0 beyond 3 S. Learnt by `squaredError`. Sites go with the voxels
 * that an augmentation moves, and are known as far as clefts are labelled.
 *
 * With class weights, voxels within S and the others weigh the same, as clefts
 * and the rest do in {@linkcode binary}.
 */
export const polarity = defineTarget({
  name: "polarity",
  summary: "signed proximity to partners: presynaptic 1, postsynaptic -1",
  options: {
    reachNm: positive(50, "S, the distance at which it is 0.61"),
    classWeights: flag(true, "weigh what is near so that both count alike"),
  },
  create: ({ reachNm, classWeights }) => ({
    of: "partners",
    values: "distances",
    slope: 2,
    coarsening: "mean",
    make(sample) {
      const near = nearPairs(sample, lastReach * reachNm);
      const { distanceNm, along, mask } = near;
      const target = new Float32Array(distanceNm.length); // [D, H, W]
      const isNear = new Uint8Array(distanceNm.length);
      for (let i = 0; i < target.length; i++) {
        const nm = distanceNm[i]!;
        if (nm === Infinity) continue;
        const proximity = Math.exp(-(nm * nm) / (2 * reachNm * reachNm));
        target[i] = along[i]! < 0.5 ? proximity : -proximity;
        isNear[i] = nm <= reachNm ? 1 : 0;
      }
      const weight = new Float32Array(target.length).fill(1);
      if (classWeights) {
        const nearWeight = cleftWeightOf({ target: isNear, mask });
        isNear.forEach((near, i) => {
          if (near && mask[i]) weight[i] = nearWeight;
        });
      }
      return { target, mask: Float32Array.from(mask), weight };
    },
  }),
});
