import { mapZyx, type Volume, type Zyx } from "@/core/mod.ts";
import type { PartnerPair } from "@/partner/mod.ts";

/** The pairs of a volume that lie in it, with the neurons at their sites. */
export function truePairs(volume: Volume): readonly PartnerPair[] {
  const { shapeVox, voxelNm } = volume, neurons = volume.neurons!();
  const voxelOf = (place: Zyx) => mapZyx((axis) => Math.round(place[axis]));
  const isInside = (place: Zyx) =>
    voxelOf(place).every((v, axis) => v >= 0 && v < shapeVox[axis]!);
  const placeNm = (place: Zyx) =>
    mapZyx((axis) => (place[axis] + 0.5) * voxelNm[axis]);
  const neuronAt = (place: Zyx) => {
    const [z, y, x] = voxelOf(place);
    return neurons(z)[y * shapeVox[2] + x]!;
  };
  return volume.partners!()
    .filter(({ preVox, postVox }) => isInside(preVox) && isInside(postVox))
    .map(({ preVox, postVox }) => ({
      preNm: placeNm(preVox),
      postNm: placeNm(postVox),
      preSegment: neuronAt(preVox),
      postSegment: neuronAt(postVox),
    }));
}
