/**
 * Targets: what a network should say about a sample, and how much each voxel
 * counts.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Target, TargetPatch } from "./_target.ts";
import { binary } from "./binary.ts";
import { signedDistance } from "./signed_distance.ts";

export type { Target, TargetPatch };

/** Every target an experiment can name. */
export const targets: Catalog<Target> = catalog("target", [
  binary,
  signedDistance,
]);
