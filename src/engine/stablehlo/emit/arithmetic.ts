import { dataTypes } from "../../vocabulary/types.ts";
import type { HloValue, Operand } from "../value.ts";
import { joinedShape, stretch } from "./shape.ts";

/** An operation of StableHLO on each number by itself. */
export type UnaryName =
  | "abs"
  | "cbrt"
  | "ceil"
  | "cosine"
  | "exponential"
  | "exponential_minus_one"
  | "floor"
  | "is_finite"
  | "log"
  | "log_plus_one"
  | "logistic"
  | "negate"
  | "not"
  | "round_nearest_even"
  | "rsqrt"
  | "sign"
  | "sine"
  | "sqrt"
  | "tan"
  | "tanh";

/** An operation of StableHLO on two numbers of one type. */
export type BinaryName =
  | "add"
  | "and"
  | "atan2"
  | "divide"
  | "maximum"
  | "minimum"
  | "multiply"
  | "or"
  | "power"
  | "remainder"
  | "shift_right_arithmetic"
  | "shift_right_logical"
  | "subtract"
  | "xor";

/** How two numbers are compared. */
export type Comparison = "EQ" | "NE" | "GE" | "GT" | "LE" | "LT";

/** Does something to each number. */
export function unary(operation: UnaryName, x: HloValue): HloValue {
  const dtype = operation === "is_finite" ? dataTypes.TF_BOOL : x.dtype;
  return x.lines.write({ ...x, dtype }, { operation, operands: [x] });
}

/** Does something to each pair of numbers; extents of 1 are repeated. */
export function binary(
  operation: BinaryName,
  pair: readonly [Operand, Operand],
): HloValue {
  const operands = alike(pair), [a] = operands;
  return a.lines.write(a, { operation, operands });
}

/** The sum of each pair of numbers. */
export function add(a: Operand, b: Operand): HloValue {
  return binary("add", [a, b]);
}

/** The difference of each pair of numbers. */
export function subtract(a: Operand, b: Operand): HloValue {
  return binary("subtract", [a, b]);
}

/** The product of each pair of numbers. */
export function multiply(a: Operand, b: Operand): HloValue {
  return binary("multiply", [a, b]);
}

/** The quotient of each pair of numbers. */
export function divide(a: Operand, b: Operand): HloValue {
  return binary("divide", [a, b]);
}

/** The larger of each pair of numbers. */
export function maximum(a: Operand, b: Operand): HloValue {
  return binary("maximum", [a, b]);
}

/** The smaller of each pair of numbers. */
export function minimum(a: Operand, b: Operand): HloValue {
  return binary("minimum", [a, b]);
}

/** Whether each pair of numbers compares like this. */
export function compare(
  direction: Comparison,
  pair: readonly [Operand, Operand],
): HloValue {
  const operands = alike(pair), [a] = operands;
  return a.lines.write({ shape: a.shape, dtype: dataTypes.TF_BOOL }, {
    operation: "compare",
    operands,
    attributes: {
      comparison_direction: `#stablehlo<comparison_direction ${direction}>`,
    },
  });
}

/** One number or the other, as each condition says. */
export function select(
  condition: HloValue,
  [yes, no]: readonly [Operand, Operand],
): HloValue {
  const [a, b] = alike([yes, no]);
  const shape = joinedShape([condition.shape, a.shape]);
  const operands = [condition, a, b].map((x) => stretch(x, shape));
  return a.lines.write({ ...a, shape }, { operation: "select", operands });
}

/** The same numbers in another type; fractions lose what follows the point. */
export function convert(x: HloValue, dtype: number): HloValue {
  if (x.dtype === dtype) return x;
  if (dtype === dataTypes.TF_BOOL) return compare("NE", [x, 0]);
  return x.lines.write({ ...x, dtype }, {
    operation: "convert",
    operands: [x],
  });
}

/** A value of one number throughout, like another one in shape and type. */
export function filledLike(x: HloValue, value: number): HloValue {
  return x.lines.splat(x, value);
}

/** Two operands as values of one shape and type. */
function alike(
  [a, b]: readonly [Operand, Operand],
): readonly [HloValue, HloValue] {
  if (typeof a === "number") {
    if (typeof b === "number") {
      throw new TypeError("Cannot compute with two numbers: one is a value");
    }
    return [filledLike(b, a), b];
  }
  if (typeof b === "number") return [a, filledLike(a, b)];
  const shape = joinedShape([a.shape, b.shape]);
  return [stretch(a, shape), stretch(b, shape)];
}
