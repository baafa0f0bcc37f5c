/**
 * Samplers: where in the volumes the training samples come from.
 *
 * @module
 */
import { type Catalog, catalog, zyxCount } from "@/core/mod.ts";
import type { Place, Placer, Sampler } from "./_sampler.ts";
import { uniform } from "./uniform.ts";

export { checkVolumes } from "./check_volumes.ts";
export type { Place, Placer, Sampler };

/** Every sampler an experiment can name. */
export const samplers: Catalog<Sampler> = catalog("sampler", [uniform], {
  patchVox: zyxCount([8, 96, 96], "extent of a sample in voxels, z y x"),
});
