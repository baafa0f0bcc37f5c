import { dataTypes, type TensorSpec } from "../../vocabulary/types.ts";
import { unsigned } from "../element_types.ts";
import { binary, convert, multiply } from "../emit/arithmetic.ts";
import { iota } from "../emit/iota.ts";
import { philox } from "../emit/philox.ts";
import { reshape, sliceAlong, stack } from "../emit/shape.ts";
import type { HloValue } from "../value.ts";
import type { Lowerings } from "./_lowering.ts";

/** Random numbers that a seed decides. */
export const randomLowerings: Lowerings = {
  /**
   * Numbers in `[0, 1)` with 23 bits. The seed may be computed on the way;
   * counter and key are numbers of the generator themselves, as in TensorFlow.
   */
  StatelessRandomUniform(operation) {
    const shape = operation.numbers(0), [, seed] = operation.inputs;
    const { lines } = operation, { UINT32 } = unsigned;
    const word = (value: number) =>
      lines.splat({ shape: [], dtype: UINT32 }, value);
    const [first, second] = [0, 1].map((i) =>
      reshape(sliceAlong(seed!, { axis: 0, start: i, end: i + 1 }), [])
    ) as [HloValue, HloValue];
    const [keyA, keyB, counterC, counterD] = philox(
      [bits(first), bits(signOf(first)), bits(second), bits(signOf(second))],
      [word(0x3ec8f720), word(0x02461e29)],
    );
    const count = shape.reduce((product, extent) => product * extent, 1);
    const rows: TensorSpec = { shape: [Math.ceil(count / 4)], dtype: UINT32 };
    const four = philox(
      [iota(lines, { ...rows, axis: 0 }), word(0), counterC, counterD],
      [keyA, keyB],
    );
    const words = reshape(stack(four, 1), [4 * rows.shape[0]!]);
    const drawn = sliceAlong(words, { axis: 0, start: 0, end: count });
    const low = convert(binary("and", [drawn, 0x7fffff]), dataTypes.TF_FLOAT);
    return reshape(multiply(low, 2 ** -23), shape);
  },
};

/** The same 32 bits, read without a sign. */
function bits(x: HloValue): HloValue {
  return x.lines.write({ ...x, dtype: unsigned.UINT32 }, {
    operation: "bitcast_convert",
    operands: [x],
  });
}

/** All 32 bits of it are the sign's. */
function signOf(x: HloValue): HloValue {
  return binary("shift_right_arithmetic", [x, 31]);
}
