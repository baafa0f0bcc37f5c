/**
 * From a network and a volume to a prediction: tiles, blending, test-time
 * augmentation, files.
 *
 * @module
 */
export { type Blend, blends } from "./blend/mod.ts";
export { type Exporter, exporters } from "./exporter/mod.ts";
export { exporterFor } from "./exporter_for.ts";
export type { Forward } from "./forward.ts";
export {
  predict,
  type PredictOptions,
  type PredictPlan,
  predictSlabs,
  type Slab,
} from "./predict.ts";
export {
  columnBytes,
  columnsWithin,
  fillSpool,
  spooledSlabs,
} from "./predict_whole.ts";
export {
  type Column,
  PredictedElsewhere,
  Spool,
  type SpoolPlan,
} from "./spool.ts";
export { tileCount, tileStarts } from "./tiles.ts";
export {
  inverseOf,
  type Symmetry,
  transformed,
  type Tta,
  ttas,
  turnVectors,
} from "./tta/mod.ts";
export { numbersOnly } from "./numbers_only.ts";
export { twins } from "./twins.ts";
