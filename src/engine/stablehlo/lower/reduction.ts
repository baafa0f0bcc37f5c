import { divide } from "../emit/arithmetic.ts";
import { reduce, type Reducer } from "../emit/reduce.ts";
import type { Operation } from "../operation.ts";
import { type HloValue, sizeOfValue } from "../value.ts";
import type { Lowerings } from "./_lowering.ts";

/** Operations that make one number of many. */
export const reductionLowerings: Lowerings = {
  All: by("and"),
  Any: by("or"),
  Max: by("maximum"),
  Mean(operation) {
    const [x] = operation.inputs, total = by("add")(operation);
    return divide(total, sizeOfValue(x!) / sizeOfValue(total));
  },
  Min: by("minimum"),
  Prod: by("multiply"),
  Sum: by("add"),
};

function by(by: Reducer): (operation: Operation) => HloValue {
  return (operation) =>
    reduce(operation.inputs[0]!, {
      by,
      axes: operation.axes(1),
      keepsAxes: operation.attribute("keep_dims", false),
    });
}
