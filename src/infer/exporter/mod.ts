/**
 * Predictions as files.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Exporter } from "./_exporter.ts";
import { hdf5 } from "./hdf5.ts";

export type { Exporter } from "./_exporter.ts";

/** Every form of a prediction's file; a name without ending means the first. */
export const exporters: Catalog<Exporter> = catalog("exporter", [hdf5]);
