import { add, convert, multiply } from "../emit/arithmetic.ts";
import { iota } from "../emit/iota.ts";
import type { Operation } from "../operation.ts";
import { isFloat } from "../element_types.ts";
import { dataTypes } from "../../vocabulary/types.ts";
import type { HloValue } from "../value.ts";
import type { Lowerings } from "./_lowering.ts";

/** Numbers at equal distances. */
export const sequenceLowerings: Lowerings = {
  LinSpace(operation) {
    const [start] = operation.numbers(0), [end] = operation.numbers(1);
    const [count] = operation.numbers(2);
    const step = (end! - start!) / Math.max(1, count! - 1);
    return sequence(operation, { start: start!, step, count: count! });
  },

  Range(operation) {
    const [start] = operation.numbers(0), [end] = operation.numbers(1);
    const [step] = operation.numbers(2);
    const count = Math.max(0, Math.ceil((end! - start!) / step!));
    return sequence(operation, { start: start!, step: step!, count });
  },
};

function sequence(
  { lines, inputs: [first] }: Operation,
  { start, step, count }: {
    readonly start: number;
    readonly step: number;
    readonly count: number;
  },
): HloValue {
  const { dtype } = first!;
  const place = iota(lines, {
    shape: [count],
    dtype: isFloat(dtype) ? dataTypes.TF_INT32 : dtype,
    axis: 0,
  });
  return add(multiply(convert(place, dtype), step), start);
}
