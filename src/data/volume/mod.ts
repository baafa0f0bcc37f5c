/**
 * Parts of volumes, and volumes that threads share.
 *
 * @module
 */
export { cropVolume } from "./crop.ts";
export {
  type AxisBounds,
  regionBox,
  regionOptions,
  type RegionSpec,
} from "./region.ts";
export { openShared, type SharedVolume, shareVolume } from "./share.ts";
