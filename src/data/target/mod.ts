/**
 * Targets: what a network should say about a sample, and how much each voxel
 * counts.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Target, TargetPatch } from "./_target.ts";
import { binary } from "./binary.ts";
import { direction } from "./direction.ts";
import { partnerSites } from "./partner_sites.ts";
import { polarity } from "./polarity.ts";
import { signedDistance } from "./signed_distance.ts";

export type { Target, TargetPatch };
export { movedPairs } from "./moved_pairs.ts";

/** Every target an experiment can name. */
export const targets: Catalog<Target> = catalog("target", [
  binary,
  signedDistance,
  polarity,
  direction,
  partnerSites,
]);
