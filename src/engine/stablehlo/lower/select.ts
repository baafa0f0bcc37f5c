import { select } from "../emit/arithmetic.ts";
import { along } from "../emit/shape.ts";
import type { HloValue } from "../value.ts";
import type { Lowerings } from "./_lowering.ts";

/** One value or the other. */
export const selectLowerings: Lowerings = {
  Select({ inputs }) {
    const [condition, yes, no] = inputs as [HloValue, HloValue, HloValue];
    const isOfRows = condition.shape.length === 1 && yes.shape.length > 1;
    const each = isOfRows
      ? along(condition, { shape: yes.shape, axes: [0] })
      : condition;
    return select(each, [yes, no]);
  },

  SelectV2({ inputs }) {
    const [condition, yes, no] = inputs as [HloValue, HloValue, HloValue];
    return select(condition, [yes, no]);
  },
};
