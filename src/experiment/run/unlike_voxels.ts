import type { Grid } from "@/core/mod.ts";
import { haveSameVoxels } from "@/data/mod.ts";

type Voxels = Pick<Grid, "voxelNm">;

/**
 * Says that voxels are of another extent than any that a network is trained on,
 * as the end of a sentence; null if they are not, or those are not known.
 */
export function unlikeVoxels(
  volume: Voxels,
  trainedOn: readonly Voxels[],
): string | null {
  const [first] = trainedOn;
  if (!first || trainedOn.some((one) => haveSameVoxels(one, volume))) {
    return null;
  }
  const [its, those] = [volume, first].map(({ voxelNm }) =>
    voxelNm.join(" × ")
  );
  return `its voxels are ${its} nm, those trained on ${those} nm`;
}
