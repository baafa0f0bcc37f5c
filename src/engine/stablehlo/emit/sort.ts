import { dataTypes } from "../../vocabulary/types.ts";
import { elementName } from "../element_types.ts";
import type { HloValue } from "../value.ts";
import { whole } from "./_attributes.ts";
import { iota } from "./iota.ts";

/** Numbers along an axis, the largest first, and the places they come from; ties stay in order. */
export function sortDescending(
  x: HloValue,
  axis: number,
): [sorted: HloValue, places: HloValue] {
  const places = iota(x.lines, {
    shape: x.shape,
    dtype: dataTypes.TF_INT32,
    axis,
  });
  const number = `tensor<${elementName(x.dtype)}>`, place = "tensor<i32>";
  const isFirst = `"stablehlo.compare"(%a, %b) ` +
    `{comparison_direction = #stablehlo<comparison_direction GT>} ` +
    `: (${number}, ${number}) -> tensor<i1>`;
  return x.lines.writeMany([x, places], {
    operation: "sort",
    operands: [x, places],
    region: `^bb0(%a: ${number}, %b: ${number}, %i: ${place}, %k: ${place}): ` +
      `%c = ${isFirst} "stablehlo.return"(%c) : (tensor<i1>) -> ()`,
    attributes: { dimension: whole(axis), is_stable: "true" },
  }) as [HloValue, HloValue];
}
