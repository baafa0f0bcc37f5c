import {
  bytesFrom,
  choice,
  flag,
  floatsFrom,
  positive,
  type Zyx,
} from "@/core/mod.ts";
import { cleftWeightOf } from "./_class_weights.ts";
import { defineTarget } from "./_target.ts";
import { nearPairs } from "./_near_pairs.ts";

/**
 * 1 within a radius of a synaptic partner's site, 0 elsewhere: the label volume
 * of techniques A9. Sites go with the voxels that an augmentation moves, and are
 * known as far as clefts are labelled. With class weights both classes weigh the
 * same, as in {@linkcode binary}.
 */
export const partnerSites = defineTarget({
  name: "partnerSites",
  summary: "1 around the sites of partners, 0 elsewhere",
  options: {
    side: choice(
      ["both", "pre", "post"],
      "both",
      "which sites: presynaptic ones, postsynaptic ones, or both",
    ),
    radiusNm: positive(60, "how far a site reaches"),
    classWeights: flag(true, "weigh sites so that both classes count alike"),
  },
  create: ({ side, radiusNm, classWeights }) => ({
    of: "partners",
    values: "labels",
    slope: 1,
    coarsening: "max",
    make(sample) {
      const { pairs, ...rest } = sample.partners!;
      const sites = pairs.flatMap(({ preVox, postVox }) => [
        ...side === "post" ? [] : [preVox],
        ...side === "pre" ? [] : [postVox],
      ]);
      const alone = (place: Zyx) => ({ preVox: place, postVox: place });
      const { distanceNm, mask } = nearPairs(
        { ...sample, partners: { ...rest, pairs: sites.map(alone) } },
        radiusNm,
      );
      const isSite = bytesFrom(distanceNm, (nm) => nm < Infinity ? 1 : 0);
      const siteWeight = classWeights
        ? cleftWeightOf({ target: isSite, mask })
        : 1;
      return {
        target: Float32Array.from(isSite),
        mask: Float32Array.from(mask),
        weight: floatsFrom(
          isSite,
          (site, i) => site && mask[i] ? siteWeight : 1,
        ),
      };
    },
  }),
});
