/**
 * Parts of volumes, and volumes that threads share.
 *
 * @module
 */
export { countLabels, doubtOf, type LabelCounts } from "./count_labels.ts";
export { cropVolume } from "./crop.ts";
export {
  coveredBox,
  type GridPlace,
  haveSameVoxels,
  placeOf,
} from "./place.ts";
export {
  type AxisBounds,
  regionBox,
  regionOptions,
  type RegionSpec,
} from "./region.ts";
export {
  sharedByPlace,
  type SharedRegion,
  sharedRegion,
} from "./shared_region.ts";
export {
  openShared,
  type SharedVolume,
  type ShareOptions,
  shareVolume,
} from "./share.ts";
