import { placeOfExtreme } from "../emit/arg_reduce.ts";
import { sliceAlong } from "../emit/shape.ts";
import { sortDescending } from "../emit/sort.ts";
import type { Lowerings } from "./_lowering.ts";

/** Operations that ask which numbers are the largest. */
export const orderLowerings: Lowerings = {
  ArgMax(operation) {
    const [axis] = operation.axes(1);
    const [x] = operation.inputs;
    return placeOfExtreme(x!, { axis: axis!, by: "maximum" });
  },

  ArgMin(operation) {
    const [axis] = operation.axes(1);
    const [x] = operation.inputs;
    return placeOfExtreme(x!, { axis: axis!, by: "minimum" });
  },

  TopKV2(operation) {
    const [x] = operation.inputs, [end] = operation.numbers(1);
    const axis = x!.shape.length - 1;
    return sortDescending(x!, axis)
      .map((list) => sliceAlong(list, { axis, start: 0, end: end! }));
  },
};
