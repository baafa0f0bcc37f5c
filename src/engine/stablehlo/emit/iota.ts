import type { TensorSpec } from "../../vocabulary/types.ts";
import type { Lines } from "../lines.ts";
import type { HloValue } from "../value.ts";
import { whole } from "./_attributes.ts";

/** At each place, its number along an axis. */
export function iota(
  lines: Lines,
  { shape, dtype, axis }: TensorSpec & { readonly axis: number },
): HloValue {
  return lines.write({ shape, dtype }, {
    operation: "iota",
    operands: [],
    attributes: { iota_dimension: whole(axis) },
  });
}
