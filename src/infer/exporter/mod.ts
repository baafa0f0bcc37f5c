/**
 * Predictions as files.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Exporter } from "./_exporter.ts";
import { hdf5 } from "./hdf5.ts";
import { n5 } from "./n5.ts";
import { zarr } from "./zarr.ts";

export type { Exporter } from "./_exporter.ts";

/** Every form of a prediction's file; a name without ending means the first. */
export const exporters: Catalog<Exporter> = catalog("exporter", [
  hdf5,
  zarr,
  n5,
]);
