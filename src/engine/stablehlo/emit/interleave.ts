import type { HloValue } from "../value.ts";
import { reshape, slice, stack } from "./shape.ts";

/** Values whose places take turns along an axis: all first ones, all second ones, … */
export function interleave(
  values: readonly HloValue[],
  axis: number,
): HloValue {
  const [first] = values, extent = first!.shape[axis]! * values.length;
  return reshape(stack(values, axis + 1), first!.shape.with(axis, extent));
}

/** The places of a value that take turns along an axis, each `count`th from each of the first. */
export function phases(
  x: HloValue,
  { axis, count }: { readonly axis: number; readonly count: number },
): HloValue[] {
  return Array.from({ length: count }, (_, phase) =>
    slice(x, {
      start: x.shape.map((_, i) => i === axis ? phase : 0),
      end: x.shape,
      steps: x.shape.map((_, i) => i === axis ? count : 1),
    }));
}
