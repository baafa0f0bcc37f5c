/**
 * HDF5 files in and out. The only folder that knows h5wasm.
 *
 * @module
 */
export type { ResolutionAttribute } from "./_place.ts";
export type { Hdf5Dataset } from "./dataset.ts";
export { type Hdf5File, openHdf5 } from "./file.ts";
export type { NumberKind, Numbers } from "../voxels/mod.ts";
export type { WritableNumbers } from "./number_kind.ts";
export {
  type Hdf5Attributes,
  type Hdf5Table,
  type Hdf5Values,
  textValue,
} from "./table.ts";
export {
  createHdf5,
  type DatasetPlan,
  type Hdf5Writer,
  type NewDataset,
  writeHdf5,
} from "./write.ts";
