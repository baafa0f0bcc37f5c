import {
  add,
  binary,
  type BinaryName,
  compare,
  type Comparison,
  divide,
  multiply,
  select,
  subtract,
  unary,
} from "../emit/arithmetic.ts";
import { asSettled } from "../emit/barrier.ts";
import { isFloat } from "../element_types.ts";
import type { HloValue } from "../value.ts";
import { each } from "./_each.ts";
import type { Lowerings } from "./_lowering.ts";

/** What StableHLO has one word for. */
const words = {
  Add: "add",
  AddV2: "add",
  Atan2: "atan2",
  Div: "divide",
  LogicalAnd: "and",
  LogicalOr: "or",
  Maximum: "maximum",
  Minimum: "minimum",
  Mod: "remainder",
  Mul: "multiply",
  Pow: "power",
  RealDiv: "divide",
  Sub: "subtract",
  TruncateDiv: "divide",
  TruncateMod: "remainder",
} as const satisfies Record<string, BinaryName>;

const comparisons = {
  Equal: "EQ",
  Greater: "GT",
  GreaterEqual: "GE",
  Less: "LT",
  LessEqual: "LE",
  NotEqual: "NE",
} as const satisfies Record<string, Comparison>;

const composed: Readonly<
  Record<string, (a: HloValue, b: HloValue) => HloValue>
> = {
  DivNoNan: (a, b) => select(compare("EQ", [b, 0]), [0, divide(a, b)]),
  FloorDiv(a, b) {
    const quotient = divide(a, b);
    if (isFloat(quotient.dtype)) return unary("floor", quotient);
    const { isOff } = remainder(a, b);
    return select(isOff, [subtract(quotient, 1), quotient]);
  },
  FloorMod(a, b) {
    const { rest, isOff } = remainder(a, b);
    return select(isOff, [add(rest, b), rest]);
  },
  SquaredDifference(a, b) {
    const difference = subtract(a, b);
    return multiply(difference, difference);
  },
};

/** Operations on pairs of numbers. */
export const binaryLowerings: Lowerings = {
  ...each(words, (word, pair) => binary(word, pair)),
  ...each(
    comparisons,
    (direction, [a, b]) => compare(direction, [asSettled(a), asSettled(b)]),
  ),
  ...each(composed, (combine, [a, b]) => combine(a, b)),
  AddN: ({ inputs }) => inputs.reduce((sum, x) => add(sum, x)),
};

/** What divisions towards 0 leave, and whether it has not the divisor's sign. */
function remainder(a: HloValue, b: HloValue) {
  const rest = binary("remainder", [a, b]);
  const isSomething = compare("NE", [rest, 0]);
  const isNegative = compare("LT", [rest, 0]);
  const isOther = compare("NE", [isNegative, compare("LT", [b, 0])]);
  return { rest, isOff: binary("and", [isSomething, isOther]) };
}
