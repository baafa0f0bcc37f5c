import {
  add,
  compare,
  divide,
  maximum,
  minimum,
  multiply,
  select,
  subtract,
  unary,
} from "../emit/arithmetic.ts";
import { reduce, type Reducer } from "../emit/reduce.ts";
import type { HloValue } from "../value.ts";
import { each } from "./_each.ts";
import type { Lowerings } from "./_lowering.ts";

/** What Klambauer et al. (2017) stretch numbers above and below 0 by. */
const SELU = { scale: 1.0507009873554805, alpha: 1.6732632423543772 } as const;

const ofOne: Readonly<Record<string, (x: HloValue) => HloValue>> = {
  Elu: (x) => select(isPositive(x), [x, powerLessOne(x)]),
  LogSoftmax(x) {
    const below = belowLargest(x);
    return subtract(below, unary("log", alongRow("add", power(below))));
  },
  Relu: (x) => maximum(x, 0),
  Relu6: (x) => minimum(maximum(x, 0), 6),
  Selu(x) {
    const below = multiply(powerLessOne(x), SELU.alpha);
    return multiply(select(isPositive(x), [x, below]), SELU.scale);
  },
  Softmax(x) {
    const powers = power(belowLargest(x));
    return divide(powers, alongRow("add", powers));
  },
  Softplus(x) {
    const rest = power(unary("negate", unary("abs", x)));
    return add(maximum(x, 0), unary("log_plus_one", rest));
  },
};

const gradients: Readonly<
  Record<string, (dy: HloValue, y: HloValue) => HloValue>
> = {
  EluGrad: (dy, y) =>
    select(compare("LT", [y, 0]), [multiply(dy, add(y, 1)), dy]),
  ReluGrad: (dy, y) => select(isPositive(y), [dy, 0]),
};

/** Nonlinearities of networks, and gradients that are operations of their own. */
export const activationLowerings: Lowerings = {
  ...each(ofOne, (compute, [x]) => compute(x)),
  ...each(gradients, (compute, [dy, y]) => compute(dy, y)),

  LeakyRelu(operation) {
    const [x] = operation.inputs, slope = operation.number("alpha", 0.2);
    return select(isPositive(x!), [x!, multiply(x!, slope)]);
  },

  LeakyReluGrad(operation) {
    const [dy, y] = operation.inputs;
    const slope = operation.number("alpha", 0.2);
    return select(isPositive(y!), [dy!, multiply(dy!, slope)]);
  },
};

function isPositive(x: HloValue): HloValue {
  return compare("GT", [x, 0]);
}

function power(x: HloValue): HloValue {
  return unary("exponential", x);
}

function powerLessOne(x: HloValue): HloValue {
  return unary("exponential_minus_one", x);
}

function belowLargest(x: HloValue): HloValue {
  return subtract(x, alongRow("maximum", x));
}

/** One number of each row, along the last axis, which stays. */
function alongRow(by: Reducer, x: HloValue): HloValue {
  return reduce(x, { by, axes: [x.shape.length - 1], keepsAxes: true });
}
