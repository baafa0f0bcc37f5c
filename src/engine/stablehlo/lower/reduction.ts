import { isFloat } from "../element_types.ts";
import { divide } from "../emit/arithmetic.ts";
import { settled } from "../emit/barrier.ts";
import { reduce, type Reducer } from "../emit/reduce.ts";
import type { Operation } from "../operation.ts";
import { type HloValue, sizeOfValue } from "../value.ts";
import type { Lowerings } from "./_lowering.ts";

/** Operations that make one number of many. */
export const reductionLowerings: Lowerings = {
  All: (operation) => reduced(operation, { by: "and" }),
  Any: (operation) => reduced(operation, { by: "or" }),
  Max: (operation) => extreme(operation, "maximum"),
  Mean(operation) {
    const [x] = operation.inputs, total = reduced(operation, { by: "add" });
    return divide(total, sizeOfValue(x!) / sizeOfValue(total));
  },
  Min: (operation) => extreme(operation, "minimum"),
  Prod: (operation) => reduced(operation, { by: "multiply" }),
  Sum: (operation) => reduced(operation, { by: "add" }),
};

function reduced(
  operation: Operation,
  { by, x = operation.inputs[0]! }: {
    readonly by: Reducer;
    readonly x?: HloValue;
  },
): HloValue {
  const keepsAxes = operation.flag("keep_dims");
  return reduce(x, { by, axes: operation.axes(1), keepsAxes });
}

/** Gradients ask later which numbers are equal to the largest, or smallest. */
function extreme(
  operation: Operation,
  by: "maximum" | "minimum",
): HloValue {
  const [x] = operation.inputs;
  return reduced(operation, { by, x: isFloat(x!.dtype) ? settled(x!) : x! });
}
