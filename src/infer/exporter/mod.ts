/**
 * Predictions as files.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Exporter } from "./_exporter.ts";
import { hdf5 } from "./hdf5.ts";

export type { Exporter } from "./_exporter.ts";

/** Every exporter a command or an experiment can name. */
export const exporters: Catalog<Exporter> = catalog("exporter", [hdf5]);
