import {
  add,
  binary,
  compare,
  divide,
  filledLike,
  multiply,
  select,
  subtract,
  unary,
} from "../emit/arithmetic.ts";
import type { HloValue } from "../value.ts";

/** Beyond it, squares of numbers with 32 bits are infinite. */
const HUGE = 1e18;

/** (eˣ + e⁻ˣ) / 2, finite as long as that is. */
export function hyperbolicCosine(x: HloValue): HloValue {
  const root = unary("exponential", multiply(x, 0.5));
  return add(
    multiply(multiply(root, 0.5), root),
    divide(divide(0.5, root), root),
  );
}

/** (eˣ - e⁻ˣ) / 2, exact for small numbers and finite as long as that is. */
export function hyperbolicSine(x: HloValue): HloValue {
  const root = unary("exponential", multiply(x, 0.5));
  const far = subtract(
    multiply(multiply(root, 0.5), root),
    divide(divide(0.5, root), root),
  );
  const less = unary("exponential_minus_one", x); // eˣ - 1
  const near = multiply(add(less, divide(less, add(less, 1))), 0.5);
  return select(isBelow(unary("abs", x), 1), [near, far]);
}

/** The angle whose tangent it is. */
export function arcTangent(x: HloValue): HloValue {
  return binary("atan2", [x, 1]);
}

/** The angle whose sine it is. */
export function arcSine(x: HloValue): HloValue {
  return binary("atan2", [x, other(x)]);
}

/** The angle whose cosine it is. */
export function arcCosine(x: HloValue): HloValue {
  return binary("atan2", [other(x), x]);
}

/** The number whose hyperbolic sine it is. */
export function arcHyperbolicSine(x: HloValue): HloValue {
  const size = unary("abs", x), square = multiply(x, x);
  const more = divide(square, add(unary("sqrt", add(square, 1)), 1));
  const near = unary("log_plus_one", add(size, more));
  const far = add(unary("log", size), Math.LN2);
  return multiply(
    unary("sign", x),
    select(isBelow(size, HUGE), [near, far]),
  );
}

/** The number, not below 0, whose hyperbolic cosine it is. */
export function arcHyperbolicCosine(x: HloValue): HloValue {
  const more = subtract(x, 1);
  const root = unary("sqrt", multiply(more, add(x, 1)));
  const near = unary("log_plus_one", add(more, root));
  const far = add(unary("log", x), Math.LN2);
  return select(isBelow(x, HUGE), [near, far]);
}

/** The number whose hyperbolic tangent it is. */
export function arcHyperbolicTangent(x: HloValue): HloValue {
  const up = unary("log_plus_one", x);
  const down = unary("log_plus_one", unary("negate", x));
  return multiply(subtract(up, down), 0.5);
}

/** √(1 - x²), exact near 1 too. */
function other(x: HloValue): HloValue {
  return unary("sqrt", multiply(subtract(1, x), add(x, 1)));
}

function isBelow(x: HloValue, bound: number): HloValue {
  return compare("LT", [x, filledLike(x, bound)]);
}
