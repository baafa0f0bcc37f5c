import { writePrediction } from "@/data/mod.ts";
import { defineExporter } from "./_exporter.ts";

/**
 * A folder of Zarr 3, in shards, with `volumes/prediction` as an image of
 * OME-Zarr 0.5 that Neuroglancer and napari open: float32, z y x, in nanometres,
 * and the attributes that the HDF5 file has.
 */
export const zarr = defineExporter({
  name: "zarr",
  summary: "Folder of Zarr 3, sharded, OME-Zarr 0.5, with volumes/prediction",
  options: {},
  create: () => ({ endings: [".zarr"], write: writePrediction }),
});
