import {
  add,
  binary,
  type BinaryName,
  compare,
  type Comparison,
  multiply,
  select,
  subtract,
} from "../emit/arithmetic.ts";
import type { HloValue } from "../value.ts";
import type { Lowering, Lowerings } from "./_lowering.ts";

type Combine = (a: HloValue, b: HloValue) => HloValue;

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
  Mul: "multiply",
  Pow: "power",
  RealDiv: "divide",
  Sub: "subtract",
} as const satisfies Record<string, BinaryName>;

const comparisons = {
  Equal: "EQ",
  Greater: "GT",
  GreaterEqual: "GE",
  Less: "LT",
  LessEqual: "LE",
  NotEqual: "NE",
} as const satisfies Record<string, Comparison>;

const composed: Readonly<Record<string, Combine>> = {
  ReluGrad: (dy, y) => select(compare("GT", [y, 0]), [dy, 0]),
  SquaredDifference: (a, b) => {
    const difference = subtract(a, b);
    return multiply(difference, difference);
  },
};

/** Operations on pairs of numbers. */
export const binaryLowerings: Lowerings = {
  ...lowered(words, (word, pair) => binary(word, pair)),
  ...lowered(comparisons, (direction, pair) => compare(direction, pair)),
  ...lowered(composed, (combine, [a, b]) => combine(a, b)),
  AddN: ({ inputs }) => inputs.reduce(add),
};

function lowered<T>(
  table: Readonly<Record<string, T>>,
  write: (entry: T, pair: readonly [HloValue, HloValue]) => HloValue,
): Lowerings {
  return Object.fromEntries(
    Object.entries(table).map(([type, entry]): [string, Lowering] => [
      type,
      ({ inputs: [a, b] }) => write(entry, [a!, b!]),
    ]),
  );
}
