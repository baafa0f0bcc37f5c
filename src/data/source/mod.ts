/**
 * What volumes come from.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Source } from "./_source.ts";
import { phantom } from "../phantom/phantom.ts";
import { cremi } from "./cremi.ts";
import { main } from "./main.ts";

export type { Source, SourceContext } from "./_source.ts";
export { findFile } from "./find_file.ts";
export { type GreyReader, greyReader } from "./_grey.ts";
export { type HashedInput, hashInput } from "./hash_input.ts";

/** Every source an experiment can name. */
export const sources: Catalog<Source> = catalog("source", [
  cremi,
  main,
  phantom,
]);
