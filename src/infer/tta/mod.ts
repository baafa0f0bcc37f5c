/**
 * Test-time augmentation: several looks at each tile.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { Tta } from "./_tta.ts";
import { flips } from "./flips.ts";
import { none } from "./none.ts";

export {
  inverseOf,
  type Symmetry,
  transformed,
  turnVectors,
} from "./symmetry.ts";
export type { Tta } from "./_tta.ts";

/** Every test-time augmentation an experiment can name. */
export const ttas: Catalog<Tta> = catalog("test-time augmentation", [
  none,
  flips,
]);
