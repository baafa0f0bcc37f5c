/**
 * Optimizers: how weights follow their gradients.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Optimizer } from "./_optimizer.ts";
import { adam } from "./adam.ts";
import { adamW } from "./adamw.ts";
import { sgd } from "./sgd.ts";

export type { Optimizer, OptimizerStep } from "./_optimizer.ts";

/** Every optimizer an experiment can name. */
export const optimizers: Catalog<Optimizer> = catalog("optimizer", [
  adam,
  adamW,
  sgd,
]);
