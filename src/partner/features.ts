import type { Zyx } from "@/core/mod.ts";
import type { Candidate } from "./candidates.ts";

/** What a pruner looks at of a candidate, in this order. */
export const featureNames = [
  "log contact faces",
  "log presynaptic voxels",
  "log postsynaptic voxels",
  "presynaptic polarity",
  "postsynaptic polarity",
  "presynaptic agreement",
  "postsynaptic agreement",
  "distance in 100 nm",
  "log voxels of the synapse",
  "neurons of the synapse",
  "rank in the synapse",
] as const;

/** The numbers that {@linkcode featureNames} names. */
export function featuresOf(
  { pre, post, contactFaces, rank, synapse }: Candidate,
  voxelNm: Zyx,
): readonly number[] {
  const nm = Math.hypot(
    ...voxelNm.map((size, a) => size * (pre.placeVox[a]! - post.placeVox[a]!)),
  );
  return [
    Math.log1p(contactFaces),
    Math.log1p(pre.sizeVox),
    Math.log1p(post.sizeVox),
    pre.polarity,
    post.polarity,
    pre.agreement,
    post.agreement,
    nm / 100,
    Math.log1p(synapse.sizeVox),
    synapse.neurons,
    rank,
  ];
}
