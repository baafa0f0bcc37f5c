import type { HloValue } from "../value.ts";
import { wholes } from "./_attributes.ts";
import { combining } from "./reduce.ts";

/** Which places of a value a list of indices names. */
export interface Places {
  /** The axes that an index names a place of, in its order. */
  readonly axes: readonly number[];
  /** The axes of the result along which the parts lie that are not named. */
  readonly partAxes: readonly number[];
  /** Extents of the result, or of the updates. */
  readonly shape: readonly number[];
}

/**
 * The parts of a value that indices name: each of those along the last axis of
 * `indices` is a place on each of `axes`, of which a part has the extent 1.
 */
export function gather(
  [x, indices]: readonly [HloValue, HloValue],
  { axes, partAxes, shape }: Places,
): HloValue {
  const numbers = [
    `offset_dims = [${partAxes}]`,
    `collapsed_slice_dims = [${axes}]`,
    `start_index_map = [${axes}]`,
    `index_vector_dim = ${indices.shape.length - 1}`,
  ];
  const part = x.shape.map((extent, axis) => axes.includes(axis) ? 1 : extent);
  return x.lines.write({ shape, dtype: x.dtype }, {
    operation: "gather",
    operands: [x, indices],
    attributes: {
      dimension_numbers: `#stablehlo.gather<${numbers.join(", ")}>`,
      slice_sizes: wholes(part),
      indices_are_sorted: "false",
    },
  });
}

/** A value to which parts were added, or in which they took the place, where indices name. */
export function scatter(
  [x, indices, parts]: readonly [HloValue, HloValue, HloValue],
  { axes, partAxes, by }: Omit<Places, "shape"> & {
    readonly by: "add" | "replace";
  },
): HloValue {
  const numbers = [
    `update_window_dims = [${partAxes}]`,
    `inserted_window_dims = [${axes}]`,
    `scatter_dims_to_operand_dims = [${axes}]`,
    `index_vector_dim = ${indices.shape.length - 1}`,
  ];
  return x.lines.write(x, {
    operation: "scatter",
    operands: [x, indices, parts],
    region: combining(by, x.dtype),
    attributes: {
      scatter_dimension_numbers: `#stablehlo.scatter<${numbers.join(", ")}>`,
      indices_are_sorted: "false",
      unique_indices: "false",
    },
  });
}
