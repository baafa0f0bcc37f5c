import { writePrediction } from "@/data/mod.ts";
import { defineExporter } from "./_exporter.ts";

/**
 * A folder of N5 with `volumes/prediction`: float32 in blocks packed by gzip,
 * with `resolution`, `offset` and `units`, x y z as all of N5, and the attributes
 * that the HDF5 file has.
 */
export const n5 = defineExporter({
  name: "n5",
  summary: "Folder of N5 with volumes/prediction",
  options: {},
  create: () => ({ endings: [".n5"], write: writePrediction }),
});
