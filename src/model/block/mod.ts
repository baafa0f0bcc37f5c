/**
 * Blocks: what stands on each level of a network.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Block } from "./_block.ts";
import { plain } from "./plain.ts";
import { residual } from "./residual.ts";

export type { Block, BlockPlace } from "./_block.ts";

/** Every block an experiment can name. */
export const blocks: Catalog<Block> = catalog("block", [residual, plain]);
