import { dataTypes } from "../../vocabulary/types.ts";
import {
  compare,
  convert,
  divide,
  filledLike,
  multiply,
  unary,
  type UnaryName,
} from "../emit/arithmetic.ts";
import type { HloValue } from "../value.ts";
import { each } from "./_each.ts";
import { erf } from "./_erf.ts";
import {
  arcCosine,
  arcHyperbolicCosine,
  arcHyperbolicSine,
  arcHyperbolicTangent,
  arcSine,
  arcTangent,
  hyperbolicCosine,
  hyperbolicSine,
} from "./_transcendental.ts";
import type { Lowerings } from "./_lowering.ts";

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
  Acos: arcCosine,
  Acosh: arcHyperbolicCosine,
  Asin: arcSine,
  Asinh: arcHyperbolicSine,
  Atan: arcTangent,
  Atanh: arcHyperbolicTangent,
  Cosh: hyperbolicCosine,
  Erf: erf,
  Identity: (x) => x,
  IsInf: (x) => compare("EQ", [unary("abs", x), Infinity]),
  IsNan: (x) => compare("NE", [x, x]),
  OnesLike: (x) => filledLike(x, 1),
  Reciprocal: (x) => divide(1, x),
  Sinh: hyperbolicSine,
  Square: (x) => multiply(x, x),
  StopGradient: (x) => x,
  ZerosLike: (x) => filledLike(x, 0),
};

/** Operations on each number by itself. */
export const unaryLowerings: Lowerings = {
  ...each(words, (word, [x]) => unary(word, x)),
  ...each(composed, (compute, [x]) => compute(x)),

  Cast(operation) {
    const [x] = operation.inputs;
    return convert(x!, operation.number("DstT", dataTypes.TF_FLOAT));
  },

  IdentityN: ({ inputs }) => inputs,
};
