import { dataTypes } from "../../vocabulary/types.ts";
import {
  add,
  compare,
  convert,
  divide,
  filledLike,
  maximum,
  minimum,
  multiply,
  unary,
  type UnaryName,
} from "../emit/arithmetic.ts";
import type { HloValue } from "../value.ts";
import type { Lowering, Lowerings } from "./_lowering.ts";

/** What StableHLO has one word for. */
const words = {
  Abs: "abs",
  Ceil: "ceil",
  Cos: "cosine",
  Exp: "exponential",
  Expm1: "exponential_minus_one",
  Floor: "floor",
  IsFinite: "is_finite",
  Log: "log",
  Log1p: "log_plus_one",
  LogicalNot: "not",
  Neg: "negate",
  Rint: "round_nearest_even",
  Round: "round_nearest_even",
  Rsqrt: "rsqrt",
  Sigmoid: "logistic",
  Sign: "sign",
  Sin: "sine",
  Sqrt: "sqrt",
  Tan: "tan",
  Tanh: "tanh",
} as const satisfies Record<string, UnaryName>;

const composed: Readonly<Record<string, (x: HloValue) => HloValue>> = {
  Cosh: (x) => multiply(add(exp(x), exp(unary("negate", x))), 0.5),
  Identity: (x) => x,
  IsInf: (x) => compare("EQ", [unary("abs", x), Infinity]),
  IsNan: (x) => compare("NE", [x, x]),
  OnesLike: (x) => filledLike(x, 1),
  Reciprocal: (x) => divide(1, x),
  Relu: (x) => maximum(x, 0),
  Relu6: (x) => minimum(maximum(x, 0), 6),
  Softplus: (x) =>
    add(
      maximum(x, 0),
      unary("log_plus_one", exp(unary("negate", unary("abs", x)))),
    ),
  Square: (x) => multiply(x, x),
  ZerosLike: (x) => filledLike(x, 0),
};

/** Operations on each number by itself. */
export const unaryLowerings: Lowerings = {
  ...Object.fromEntries(
    Object.entries(words).map(([type, operation]): [string, Lowering] => [
      type,
      ({ inputs: [x] }) => unary(operation, x!),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(composed).map(([type, compute]): [string, Lowering] => [
      type,
      ({ inputs: [x] }) => compute(x!),
    ]),
  ),
  Cast: (operation) =>
    convert(
      operation.inputs[0]!,
      operation.attribute("DstT", dataTypes.TF_FLOAT),
    ),
};

function exp(x: HloValue): HloValue {
  return unary("exponential", x);
}
