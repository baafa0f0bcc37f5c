import { bothOf, countOf, inArena, type Sample } from "@/core/mod.ts";

/**
 * What a cleft voxel has to weigh so that both classes count alike, if any
 * other weighs 1: `(1 - f) / f`, where `f` is the share of clefts among the
 * labelled voxels, at least 0.0001 (SMP-3).
 */
export function cleftWeightOf(
  { target, mask }: Pick<Sample, "target" | "mask">,
): number {
  const clefts = inArena(() => countOf(bothOf(target, mask)));
  const labelled = countOf(mask);
  const share = Math.max(1e-4, labelled === 0 ? 0 : clefts / labelled);
  return (1 - share) / share;
}
