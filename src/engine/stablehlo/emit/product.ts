import type { ProgramOptions } from "../operation.ts";
import type { HloValue } from "../value.ts";

/** Which axes of two values a product sums over, and which go side by side. */
export interface ProductAxes {
  /** The axes summed over, of either value. */
  readonly summed: readonly [readonly number[], readonly number[]];
  /** The axes that both have, of either value; none by default. */
  readonly shared?: readonly [readonly number[], readonly number[]];
  /** How exact it is. */
  readonly precision: ProgramOptions["precision"];
}

/** The product of two values: shared axes, those of the first, those of the second. */
export function product(
  [a, b]: readonly [HloValue, HloValue],
  { summed, shared = [[], []], precision }: ProductAxes,
): HloValue {
  const restOf = (x: HloValue, i: 0 | 1) =>
    x.shape.filter((_, axis) =>
      !summed[i].includes(axis) && !shared[i].includes(axis)
    );
  const shape = [
    ...shared[0].map((axis) => a.shape[axis]!),
    ...restOf(a, 0),
    ...restOf(b, 1),
  ];
  const axes = [
    `lhs_batching_dimensions = [${shared[0]}]`,
    `rhs_batching_dimensions = [${shared[1]}]`,
    `lhs_contracting_dimensions = [${summed[0]}]`,
    `rhs_contracting_dimensions = [${summed[1]}]`,
  ];
  return a.lines.write({ shape, dtype: a.dtype }, {
    operation: "dot_general",
    operands: [a, b],
    attributes: {
      dot_dimension_numbers: `#stablehlo.dot<${axes.join(", ")}>`,
      precision_config: precisionConfig(precision),
    },
  });
}

/** How exact a product or a convolution is, as an attribute. */
export function precisionConfig(
  precision: ProgramOptions["precision"],
): string {
  const word = precision === "fp32" ? "HIGHEST" : "DEFAULT";
  const one = `#stablehlo<precision ${word}>`;
  return `[${one}, ${one}]`;
}
