import type { Catalog } from "@/core/mod.ts";

/** A component of a catalog, `byDefault` where the file says nothing. */
export function part(catalog: Catalog<unknown>, byDefault: string) {
  return catalog.schema.prefault({ type: byDefault });
}
