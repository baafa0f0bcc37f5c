import type { PartnerPlace, Volume, Zyx } from "./volume.ts";

/**
 * The partners of a volume that is made of another's voxels, if that has any:
 * `move` says where a place of it lies now, or null where it is gone, and its
 * partner with it.
 */
export function movedPartners(
  volume: Volume,
  move: (place: Zyx) => Zyx | null,
): Pick<Volume, "partners"> {
  if (!volume.partners) return {};
  return {
    partners: () =>
      volume.partners!().flatMap(({ preVox, postVox }): PartnerPlace[] => {
        const pre = move(preVox), post = move(postVox);
        return pre && post ? [{ preVox: pre, postVox: post }] : [];
      }),
  };
}
