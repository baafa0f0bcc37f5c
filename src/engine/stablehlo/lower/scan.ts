import { add, multiply } from "../emit/arithmetic.ts";
import { neutral } from "../emit/reduce.ts";
import { concatenate, pad, reverse, slice, sliceAlong } from "../emit/shape.ts";
import { interleave } from "../emit/interleave.ts";
import type { Operation } from "../operation.ts";
import type { HloValue } from "../value.ts";
import type { Lowerings } from "./_lowering.ts";

/** Sums and products of all that came before. */
export const scanLowerings: Lowerings = {
  Cumprod: (operation) => scanned(operation, "multiply"),
  Cumsum: (operation) => scanned(operation, "add"),
};

function scanned(operation: Operation, by: "add" | "multiply"): HloValue {
  const [x] = operation.inputs, [axis] = operation.axes(1);
  const isTurned = operation.flag("reverse");
  const turn = (value: HloValue) => isTurned ? reverse(value, [axis!]) : value;
  const whole = scan(turn(x!), { axis: axis!, by });
  if (!operation.flag("exclusive")) return turn(whole);
  const none = whole.shape.map(() => 0);
  return turn(pad(whole, {
    low: none.with(axis!, 1),
    high: none.with(axis!, -1),
    value: neutral(by, x!.dtype),
  }));
}

/**
 * Each number combined with all before it, in as many rounds as the extent has
 * digits to the base 2: pairs first, then what is between them.
 */
function scan(
  x: HloValue,
  how: { readonly axis: number; readonly by: "add" | "multiply" },
): HloValue {
  const { axis, by } = how, extent = x.shape[axis]!;
  if (extent < 2) return x;
  const combine = by === "add" ? add : multiply;
  const everySecond = (first: number, end = extent) =>
    slice(x, {
      start: x.shape.map((_, i) => i === axis ? first : 0),
      end: x.shape.with(axis, end),
      steps: x.shape.map((_, i) => i === axis ? 2 : 1),
    });
  const half = extent >> 1;
  // Of two neighbours each: what the odd places get.
  const odd = scan(combine(everySecond(0, 2 * half), everySecond(1)), how);
  const first = sliceAlong(x, { axis, start: 0, end: 1 });
  if (extent === 2) return concatenate([first, odd], axis);
  const before = sliceAlong(odd, { axis, start: 0, end: (extent - 1) >> 1 });
  const even = concatenate([first, combine(before, everySecond(2))], axis);
  if (extent % 2 === 0) return interleave([even, odd], axis);
  const pairs = sliceAlong(even, { axis, start: 0, end: half });
  const last = sliceAlong(even, { axis, start: half, end: half + 1 });
  return concatenate([interleave([pairs, odd], axis), last], axis);
}
