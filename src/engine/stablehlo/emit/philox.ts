import { unsigned } from "../element_types.ts";
import type { HloValue } from "../value.ts";
import { add, binary, convert, multiply } from "./arithmetic.ts";

/** Four words of 32 bits without a sign; a vector of each, or one for all. */
export type Four = readonly [HloValue, HloValue, HloValue, HloValue];

/** Two words of 32 bits without a sign. */
export type Two = readonly [HloValue, HloValue];

const [FACTOR_A, FACTOR_C] = [0xd2511f53, 0xcd9e8d57];
const [STEP_A, STEP_B] = [0x9e3779b9, 0xbb67ae85];

/** Ten rounds of Philox 4×32 (Salmon et al. 2011) over counters, with a key. */
export function philox([a, b, c, d]: Four, [k, l]: Two): Four {
  for (let round = 0; round < 10; round++) {
    const [highA, lowA] = product(a, FACTOR_A);
    const [highC, lowC] = product(c, FACTOR_C);
    [a, b, c, d] = [mixed(highC, b, k), lowC, mixed(highA, d, l), lowA];
    k = add(k, STEP_A);
    l = add(l, STEP_B);
  }
  return [a, b, c, d];
}

/** The upper and lower 32 of the 64 bits of a product. */
function product(x: HloValue, factor: number): Two {
  const { UINT32, UINT64 } = unsigned;
  const whole = multiply(convert(x, UINT64), factor);
  const upper = binary("shift_right_logical", [whole, 32]);
  return [convert(upper, UINT32), multiply(x, factor)];
}

function mixed(x: HloValue, y: HloValue, z: HloValue): HloValue {
  return binary("xor", [binary("xor", [x, y]), z]);
}
