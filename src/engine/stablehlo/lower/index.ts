import { compare, select } from "../emit/arithmetic.ts";
import { gather, scatter } from "../emit/gather.ts";
import { iota } from "../emit/iota.ts";
import { along, reshape } from "../emit/shape.ts";
import type { HloValue } from "../value.ts";
import type { Lowerings } from "./_lowering.ts";

/** Operations that find numbers by their places. */
export const indexLowerings: Lowerings = {
  GatherNd({ inputs }) {
    const [x, indices] = inputs as [HloValue, HloValue];
    const { axes, partAxes, lists } = placesOf(x.shape.length, indices);
    const shape = [...lists, ...x.shape.slice(axes.length)];
    return gather([x, indices], { axes, partAxes, shape });
  },

  GatherV2(operation) {
    const [x, given] = operation.inputs as [HloValue, HloValue];
    const [axis] = operation.axes(2);
    if (operation.number("batch_dims", 0) !== 0) {
      throw operation.refusal("it looks up each sample by indices of its own");
    }
    const indices = reshape(given, [...given.shape, 1]);
    const before = x.shape.slice(0, axis!), after = x.shape.slice(axis! + 1);
    const shape = [...before, ...given.shape, ...after];
    const partAxes = [
      ...before.map((_, i) => i),
      ...after.map((_, i) => axis! + given.shape.length + i),
    ];
    return gather([x, indices], { axes: [axis!], partAxes, shape });
  },

  OneHot(operation) {
    const [given, , on, off] = operation.inputs as HloValue[];
    const [depth] = operation.numbers(1), rank = given!.shape.length;
    const stated = operation.number("axis", -1);
    const axis = stated < 0 ? rank : stated;
    const shape = given!.shape.toSpliced(axis, 0, depth!);
    const axes = given!.shape.map((_, i) => i < axis ? i : i + 1);
    const index = along(given!, { shape, axes });
    const place = iota(given!.lines, { shape, axis, dtype: given!.dtype });
    const isThere = compare("EQ", [index, place]);
    return select(isThere, [on!, off!]);
  },

  ScatterNd(operation) {
    const [indices, parts] = operation.inputs as [HloValue, HloValue];
    const shape = operation.numbers(2);
    const x = parts.lines.splat({ shape, dtype: parts.dtype }, 0);
    const { axes, partAxes } = placesOf(shape.length, indices);
    return scatter([x, indices, parts], { axes, partAxes, by: "add" });
  },

  TensorScatterUpdate({ inputs }) {
    const [x, indices, parts] = inputs as [HloValue, HloValue, HloValue];
    const { axes, partAxes } = placesOf(x.shape.length, indices);
    return scatter([x, indices, parts], { axes, partAxes, by: "replace" });
  },

  UnsortedSegmentSum(operation) {
    const [parts, given] = operation.inputs as [HloValue, HloValue];
    const [count] = operation.numbers(2), rank = given.shape.length;
    const rest = parts.shape.slice(rank), { dtype } = parts;
    const x = parts.lines.splat({ shape: [count!, ...rest], dtype }, 0);
    const indices = reshape(given, [...given.shape, 1]);
    const { axes, partAxes } = placesOf(x.shape.length, indices);
    return scatter([x, indices, parts], { axes, partAxes, by: "add" });
  },
};

/** What lists of indices name, the last axis of `indices` being one list. */
function placesOf(rank: number, indices: HloValue) {
  const lists = indices.shape.slice(0, -1), named = indices.shape.at(-1)!;
  return {
    /** The axes that are named. */
    axes: Array.from({ length: named }, (_, i) => i),
    /** The axes of the parts, after those of the lists. */
    partAxes: Array.from({ length: rank - named }, (_, i) => lists.length + i),
    /** Extents of the lists. */
    lists,
  };
}
