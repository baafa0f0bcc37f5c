/**
 * Normalisations.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Norm } from "./_norm.ts";
import { batch } from "./batch.ts";
import { group } from "./group.ts";
import { instance } from "./instance.ts";
import { none } from "./none.ts";

export type { Norm };

/** Every normalisation an experiment can name. */
export const norms: Catalog<Norm> = catalog("norm", [
  batch,
  group,
  instance,
  none,
]);
