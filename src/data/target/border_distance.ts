import type { Sample } from "@/core/mod.ts";
import { distanceTo } from "./_distance.ts";

/**
 * Nanometres from each labelled voxel to the nearest labelled one on the other
 * side of a cleft's border, between centres; negative in a cleft. 0 where nothing
 * is labelled, and everywhere in a patch that is all cleft or has none, as no
 * border is seen. `[D, H, W]`.
 */
export function borderDistanceNm(sample: Sample): Float32Array {
  const { target, mask } = sample; // [D, H, W]
  const cleft = target.map((v, i) => v & mask[i]!);
  const rest = target.map((v, i) => mask[i]! & (1 - v));
  const result = new Float32Array(target.length);
  if (!cleft.includes(1) || !rest.includes(1)) return result;
  const toCleft = distanceTo(cleft, sample), toRest = distanceTo(rest, sample);
  for (let i = 0; i < result.length; i++) {
    if (cleft[i]) result[i] = -toRest[i]!;
    else if (rest[i]) result[i] = toCleft[i]!;
  }
  return result;
}
