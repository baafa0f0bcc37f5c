/**
 * How much training the trials of a search get.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Budget, Rung } from "./_budget.ts";
import { full } from "./full.ts";
import { halving } from "./halving.ts";

export type { Budget, Rung };

/** Every budget that a search can name. */
export const budgets: Catalog<Budget> = catalog("budget", [full, halving]);
