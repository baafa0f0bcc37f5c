import { writePrediction } from "@/data/mod.ts";
import { defineExporter } from "./_exporter.ts";

/**
 * An HDF5 file with `volumes/prediction`: float32, z y x, with the attributes
 * `resolution` and `offset` in nanometres, and others that say by what run,
 * weights and threshold it was made.
 */
export const hdf5 = defineExporter({
  name: "hdf5",
  summary: "HDF5 with volumes/prediction, in the layout of CREMI",
  options: {},
  create: () => ({
    endings: [".hdf", ".h5", ".hdf5"],
    write: writePrediction,
  }),
});
