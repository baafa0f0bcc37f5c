/**
 * Running means of weights.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Averaging } from "./_averaging.ts";
import { exponential } from "./exponential.ts";
import { none } from "./none.ts";
import { stochastic } from "./stochastic.ts";

export type { Averaging };

/** Every averaging an experiment can name; null for none. */
export const averagings: Catalog<Averaging | null> = catalog("averaging", [
  none,
  exponential,
  stochastic,
]);
