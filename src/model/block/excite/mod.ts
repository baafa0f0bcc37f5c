/**
 * Squeeze-and-excitation: what a block can weigh its features by.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Excitation } from "./_excitation.ts";
import { both } from "./both.ts";
import { channel } from "./channel.ts";
import { spatial } from "./spatial.ts";

export type { Excitation } from "./_excitation.ts";

/** Every excitation an experiment can name. */
export const excitations: Catalog<Excitation> = catalog("excitation", [
  channel,
  spatial,
  both,
]);
