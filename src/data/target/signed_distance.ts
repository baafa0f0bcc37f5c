import { flag, fraction, positive } from "@/core/mod.ts";
import { cleftWeightOf } from "./_class_weights.ts";
import { distanceTo, distanceToUnknown } from "./_distance.ts";
import { defineTarget } from "./_target.ts";

/**
 * `tanh(D / S)` with the signed distance D in nanometres, exact on the
 * anisotropic grid (L12; STED's regression, Heinrich et al. 2018): positive in
 * a cleft, to the nearest labelled voxel outside; negative elsewhere, to the
 * nearest cleft voxel; 1 or -1 where the patch has none. Learnt by
 * `squaredError`.
 *
 * What lies beyond the patch or is not labelled may hold a nearer border, so
 * the true distance is anything from there to the nearest one seen. A voxel
 * whose target could be off by more than `tolerance` is masked. Far from the
 * patch's border the saturation makes that few; without labels nearby, voxels
 * of the outermost sections at 40 nm are (0.34 off), the next ones are not.
 *
 * Class weights are those of {@linkcode binary}. A coarser level learns the
 * mean of the voxels in each of its own.
 */
export const signedDistance = defineTarget({
  name: "signedDistance",
  summary: "tanh of the distance to the border of a cleft, positive inside",
  options: {
    saturationNm: positive(50, "S, the distance at which tanh is 0.76"),
    tolerance: fraction(
      0.1,
      "leave out voxels whose target may be wrong by more, as the patch or its labels end nearby; 1 keeps all",
    ),
    classWeights: flag(true, "weigh clefts so that both classes count alike"),
  },
  create: ({ saturationNm, tolerance, classWeights }) => ({
    values: "distances",
    slope: 2,
    coarsening: "mean",
    make(sample) {
      const { target: label, mask: known } = sample; // [D, H, W]
      const cleft = label.map((v, i) => v & known[i]!);
      const rest = label.map((v, i) => known[i]! & (1 - v));
      const toCleft = distanceTo(cleft, sample);
      const toRest = distanceTo(rest, sample);
      const toUnknown = distanceToUnknown(sample);
      const cleftWeight = classWeights ? cleftWeightOf(sample) : 1;
      const n = label.length;
      const target = new Float32Array(n), mask = new Float32Array(n);
      const weight = new Float32Array(n).fill(1);
      for (let i = 0; i < n; i++) {
        if (!known[i]) continue;
        const nm = cleft[i] ? toRest[i]! : toCleft[i]!;
        const size = Math.tanh(nm / saturationNm);
        const least = Math.tanh(Math.min(nm, toUnknown[i]!) / saturationNm);
        target[i] = cleft[i] ? size : -size;
        mask[i] = size - least <= tolerance ? 1 : 0;
        if (cleft[i]) weight[i] = cleftWeight;
      }
      return { target, mask, weight };
    },
  }),
});
