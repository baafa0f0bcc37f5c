import { dataTypes } from "../../vocabulary/types.ts";
import { elementName, isFloat } from "../element_types.ts";
import type { HloValue } from "../value.ts";
import { wholes } from "./_attributes.ts";
import { convert } from "./arithmetic.ts";
import { reshape } from "./shape.ts";

/** What makes one number of many. */
export type Reducer = "add" | "multiply" | "maximum" | "minimum" | "and" | "or";

/** How numbers become one. */
export interface Reduction {
  /** What makes one of two. */
  readonly by: Reducer;
  /** The axes along which it does. */
  readonly axes: readonly number[];
  /** Whether they stay, with an extent of 1; not by default. */
  readonly keepsAxes?: boolean;
}

/** Makes one number of many; sums of 16-bit numbers have 32 bits on their way. */
export function reduce(
  x: HloValue,
  { by, axes, keepsAxes = false }: Reduction,
): HloValue {
  if (axes.length === 0) return x;
  const isSum = by === "add" || by === "multiply";
  const wide = isSum && isFloat(x.dtype) ? convert(x, dataTypes.TF_FLOAT) : x;
  const { dtype } = wide;
  const first = x.lines.splat({ shape: [], dtype }, neutral(by, dtype));
  const shape = x.shape.filter((_, i) => !axes.includes(i));
  const reduced = x.lines.write({ shape, dtype }, {
    operation: "reduce",
    operands: [wide, first],
    region: combining(by, dtype),
    attributes: { dimensions: wholes(axes) },
  });
  const whole = convert(reduced, x.dtype);
  return keepsAxes
    ? reshape(whole, x.shape.map((n, i) => axes.includes(i) ? 1 : n))
    : whole;
}

/** The sum along axes, which go. */
export function sum(x: HloValue, axes: readonly number[]): HloValue {
  return reduce(x, { by: "add", axes });
}

/** A region that makes one number of two. */
export function combining(reducer: Reducer, dtype: number): string {
  const type = `tensor<${elementName(dtype)}>`;
  return `^bb0(%a: ${type}, %b: ${type}): ` +
    `%c = "stablehlo.${reducer}"(%a, %b) : (${type}, ${type}) -> ${type} ` +
    `"stablehlo.return"(%c) : (${type}) -> ()`;
}

/** The number that changes nothing. */
export function neutral(reducer: Reducer, dtype: number): number {
  if (reducer === "add" || reducer === "or") return 0;
  if (reducer === "multiply" || reducer === "and") return 1;
  const isLargest = reducer === "minimum";
  if (isFloat(dtype)) return isLargest ? Infinity : -Infinity;
  if (dtype === dataTypes.TF_UINT8) return isLargest ? 255 : 0;
  return isLargest ? 2 ** 31 - 1 : -(2 ** 31);
}
