import { dataTypes } from "../../vocabulary/types.ts";
import { elementName } from "../element_types.ts";
import type { HloValue } from "../value.ts";
import { wholes } from "./_attributes.ts";
import { iota } from "./iota.ts";
import { neutral } from "./reduce.ts";

/** The place of the largest or smallest number along an axis, the first of a tie. */
export function placeOfExtreme(
  x: HloValue,
  { axis, by }: {
    readonly axis: number;
    readonly by: "maximum" | "minimum";
  },
): HloValue {
  const places = iota(x.lines, {
    shape: x.shape,
    dtype: dataTypes.TF_INT32,
    axis,
  });
  const number = `tensor<${elementName(x.dtype)}>`;
  const scalar = { shape: [], dtype: x.dtype };
  const shape = x.shape.toSpliced(axis, 1);
  const results = [{ shape, dtype: x.dtype }, { ...places, shape }];
  return x.lines.writeMany(results, {
    operation: "reduce",
    operands: [
      x,
      places,
      x.lines.splat(scalar, neutral(by, x.dtype)),
      x.lines.splat({ ...scalar, dtype: places.dtype }, 2 ** 31 - 1),
    ],
    region: winner(number, by === "maximum" ? "GT" : "LT"),
    attributes: { dimensions: wholes([axis]) },
  })[1]!;
}

/** Of two numbers with their places, the one that is ahead, or came first. */
function winner(number: string, direction: "GT" | "LT"): string {
  const place = "tensor<i32>", truth = "tensor<i1>";
  const compare = (
    names: string,
    type: string,
    direction: string,
  ) =>
    `"stablehlo.compare"(${names}) {comparison_direction =` +
    ` #stablehlo<comparison_direction ${direction}>}` +
    ` : (${type}, ${type}) -> ${truth}`;
  const select = (names: string, type: string) =>
    `"stablehlo.select"(%w, ${names}) : (${truth}, ${type}, ${type}) -> ${type}`;
  return [
    `^bb0(%a: ${number}, %i: ${place}, %b: ${number}, %k: ${place}):`,
    `%g = ${compare("%a, %b", number, direction)}`,
    `%e = ${compare("%a, %b", number, "EQ")}`,
    `%f = ${compare("%i, %k", place, "LT")}`,
    `%t = "stablehlo.and"(%e, %f) : (${truth}, ${truth}) -> ${truth}`,
    `%w = "stablehlo.or"(%g, %t) : (${truth}, ${truth}) -> ${truth}`,
    `%x = ${select("%a, %b", number)}`,
    `%y = ${select("%i, %k", place)}`,
    `"stablehlo.return"(%x, %y) : (${number}, ${place}) -> ()`,
  ].join(" ");
}
