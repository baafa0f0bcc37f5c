/**
 * What an option can be in a search, and how likely.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Distribution } from "./_distribution.ts";
import { choice } from "./choice.ts";
import { logUniform } from "./log_uniform.ts";
import { uniform } from "./uniform.ts";
import { wholeNumber } from "./whole_number.ts";

export type { Distribution };

/** Every distribution that a search can name. */
export const distributions: Catalog<Distribution> = catalog("distribution", [
  uniform,
  logUniform,
  wholeNumber,
  choice,
]);
