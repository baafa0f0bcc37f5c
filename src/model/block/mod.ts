/**
 * Blocks: what stands on each level of a network.
 *
 * @module
 */
import * as z from "zod";
import { type Catalog, catalog, choice, type Entry } from "@/core/mod.ts";
import type { Layer } from "../_layer.ts";
import { sequence } from "../compose.ts";
import type { Block } from "./_block.ts";
import { dropoutLayer } from "./_dropout.ts";
import { dLink } from "./d_link.ts";
import { dense } from "./dense.ts";
import { dilated } from "./dilated.ts";
import { excitations } from "./excite/mod.ts";
import { plain } from "./plain.ts";
import { residual } from "./residual.ts";

export type { Block, BlockPlace } from "./_block.ts";
export { type Excitation, excitations } from "./excite/mod.ts";

const dropoutOptions = z.strictObject({
  rate: z.number().min(0).lt(1).describe("share that training drops"),
  drops: choice(
    ["channels", "voxels"],
    "channels",
    "whole channels of a sample, or numbers one by one",
  ),
});

/** What every block can do last to the features it adds. */
const refinements = {
  excite: excitations.schema.optional()
    .describe("squeeze-and-excitation of the features a block adds"),
  dropout: dropoutOptions.optional()
    .describe("dropout of the features a block adds, after excite"),
};

const plainBlocks = catalog("block", [
  residual,
  plain,
  dilated,
  dense,
  dLink,
], {
  ...refinements,
});

/** Every block an experiment can name. */
export const blocks: Catalog<Block> = {
  ...plainBlocks,
  create(entry) {
    const block = plainBlocks.create(entry);
    return (place) =>
      block({ ...place, refine: refinementOf(entry, place.outputs) });
  },
};

function refinementOf(entry: Entry, channels: number): Layer | undefined {
  const { excite, dropout } = z.object(refinements).parse(entry);
  const layers: Record<string, Layer> = {};
  if (excite) layers["excite"] = excitations.create(excite)(channels);
  if (dropout) layers["dropout"] = dropoutLayer(dropout);
  return Object.keys(layers).length > 0 ? sequence(layers) : undefined;
}
