import { mapZyx, positive, type Zyx } from "@/core/mod.ts";
import { nearPairs } from "./_near_pairs.ts";
import { defineTarget } from "./_target.ts";

/**
 * The direction from the presynaptic site to its partner (techniques A9): a unit
 * vector along z, y and x in nanometres, of the nearest pair; known within a
 * reach of the line between its sites, where clefts are labelled. Learnt by
 * `cosine`. It turns with the image, in whatever way an augmentation moves the
 * two sites.
 */
export const direction = defineTarget({
  name: "direction",
  summary: "unit vector from the presynaptic site to its partner",
  options: {
    reachNm: positive(100, "how far from the line between them it is known"),
  },
  create: ({ reachNm }) => ({
    of: "partners",
    values: "directions",
    quantity: "vector",
    slope: 1,
    coarsening: "mean",
    make(sample) {
      const { pairs, pair, mask: known } = nearPairs(sample, reachNm);
      const units = pairs.map(({ preVox, postVox }) =>
        unitOf(
          mapZyx((axis) =>
            (postVox[axis] - preVox[axis]) * sample.voxelNm[axis]
          ),
        )
      );
      const target = new Float32Array(3 * pair.length); // [D, H, W, 3]
      const mask = new Float32Array(pair.length); // [D, H, W]
      for (let i = 0; i < pair.length; i++) {
        const unit = units[pair[i]!];
        if (!unit || known[i] === 0) continue;
        target.set(unit, 3 * i);
        mask[i] = 1;
      }
      return { target, mask, weight: new Float32Array(pair.length).fill(1) };
    },
  }),
});

/** A vector of length 1; none of sites that lie in one place. */
function unitOf(vector: Zyx): Zyx | undefined {
  const length = Math.hypot(...vector);
  return length > 0 ? mapZyx((axis) => vector[axis] / length) : undefined;
}
