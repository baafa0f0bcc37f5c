import { type Catalog, catalog, positive } from "@/core/mod.ts";
import type { Loss } from "./_loss.ts";
import { bce } from "./bce.ts";
import { dice } from "./dice.ts";

/** Every loss an experiment can name. */
export const losses: Catalog<Loss> = catalog("loss", [bce, dice], {
  weight: positive(1, "factor of the term in the sum"),
});
