/**
 * How the trials of a search are spread over what is searched.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Draw } from "./_draw.ts";
import { random } from "./random.ts";
import { sobol } from "./sobol.ts";

export type { Draw };

/** Every way to draw trials that an experiment can name. */
export const draws: Catalog<Draw> = catalog("draw", [sobol, random]);
