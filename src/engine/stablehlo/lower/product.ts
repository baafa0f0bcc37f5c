import { product } from "../emit/product.ts";
import { joinedShape, stretch } from "../emit/shape.ts";
import type { HloValue } from "../value.ts";
import type { Lowerings } from "./_lowering.ts";

/** Products of matrices. */
export const productLowerings: Lowerings = {
  MatMul(operation) {
    const [a, b] = operation.inputs as [HloValue, HloValue];
    const isATurned = operation.attribute("transpose_a", false);
    const isBTurned = operation.attribute("transpose_b", false);
    return product([a, b], {
      summed: [[isATurned ? 0 : 1], [isBTurned ? 1 : 0]],
      precision: operation.options.precision,
    });
  },

  BatchMatMulV2(operation) {
    const [a, b] = operation.inputs as [HloValue, HloValue];
    const batch = joinedShape([a.shape.slice(0, -2), b.shape.slice(0, -2)]);
    const { length: rank } = batch, axes = batch.map((_, i) => i);
    const whole = (x: HloValue) => stretch(x, [...batch, ...x.shape.slice(-2)]);
    const isATurned = operation.attribute("adj_x", false);
    const isBTurned = operation.attribute("adj_y", false);
    return product([whole(a), whole(b)], {
      summed: [[rank + (isATurned ? 0 : 1)], [rank + (isBTurned ? 1 : 0)]],
      shared: [axes, axes],
      precision: operation.options.precision,
    });
  },
};
