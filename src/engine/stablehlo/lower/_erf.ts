import {
  add,
  compare,
  divide,
  multiply,
  select,
  unary,
} from "../emit/arithmetic.ts";
import type { HloValue } from "../value.ts";

/** From here on the error function is 1 with 32 bits. */
const SATURATED = 3.832506856900711;

/** Highest power first. */
const NUMERATOR = [
  0.00022905065861350646,
  0.0034082910107109506,
  0.050955695062380861,
  0.18520832239976145,
  1.128379143519084,
];

/** Highest power first. */
const DENOMINATOR = [
  -1.1791602954361697e-7,
  0.000023547966471313185,
  0.0010179625278914885,
  0.014070470171167667,
  0.11098505178285362,
  0.49746925110067538,
  1,
];

/** The error function, by the quotient of polynomials that XLA uses for 32 bits. */
export function erf(x: HloValue): HloValue {
  const square = multiply(x, x);
  const quotient = divide(
    polynomial(square, NUMERATOR),
    polynomial(square, DENOMINATOR),
  );
  const isSaturated = compare("GT", [unary("abs", x), SATURATED]);
  return select(isSaturated, [unary("sign", x), multiply(x, quotient)]);
}

/** A polynomial by Horner's rule. */
function polynomial(x: HloValue, [first, ...others]: readonly number[]) {
  const [second, ...rest] = others;
  const start = add(multiply(x, first!), second!);
  return rest.reduce((sum, factor) => add(multiply(sum, x), factor), start);
}
