import type { HloValue } from "../value.ts";
import { reshape, stack } from "./shape.ts";

/** Values whose places take turns along an axis: all first ones, all second ones, … */
export function interleave(
  values: readonly HloValue[],
  axis: number,
): HloValue {
  const [first] = values, extent = first!.shape[axis]! * values.length;
  return reshape(stack(values, axis + 1), first!.shape.with(axis, extent));
}
