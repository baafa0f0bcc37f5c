import type { HloValue } from "../value.ts";

/**
 * Values that are computed once and kept: nothing that follows is merged with
 * their computation, and so computes them again with other last bits.
 */
export function settled(values: readonly HloValue[]): HloValue[] {
  return values[0]!.lines.writeMany(values, {
    operation: "optimization_barrier",
    operands: values,
  });
}
