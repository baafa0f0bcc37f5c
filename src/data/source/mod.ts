/**
 * What volumes come from.
 *
 * @module
 */
import { type Catalog, catalog, type Entry } from "@/core/mod.ts";
import { arranged } from "../align/arrange.ts";
import {
  type ArrangeOptions,
  arrangeOptions,
} from "../align/arrange_options.ts";
import type { Source } from "./_source.ts";
import { phantom } from "../phantom/phantom.ts";
import { cremi } from "./cremi.ts";
import { main } from "./main.ts";
import { n5 } from "./n5.ts";
import { tiff } from "./tiff.ts";
import { zarr } from "./zarr.ts";

export type { Source, SourceContext } from "./_source.ts";
export { findFile } from "./find_file.ts";
export { type GreyReader, greyReader } from "./_grey.ts";
export { type HashedInput, hashInput } from "./hash_input.ts";

const plain: Catalog<Source> = catalog(
  "source",
  [cremi, main, zarr, n5, tiff, phantom],
  arrangeOptions,
);

/** Every source an experiment can name; each can align what it has. */
export const sources: Catalog<Source> = {
  ...plain,
  create(entry) {
    const { align, context, blockVox, badSections, ...source } = entry as
      & Entry
      & ArrangeOptions;
    return arranged(plain.create(source), {
      ...{ align, context, blockVox, badSections },
    });
  },
};
