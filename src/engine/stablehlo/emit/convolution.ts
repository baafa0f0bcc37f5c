import type { ProgramOptions } from "../operation.ts";
import type { HloValue } from "../value.ts";
import { pairs, whole, wholes } from "./_attributes.ts";
import { precisionConfig } from "./product.ts";

/** How a kernel moves over an image, along one axis. */
export interface WindowAxis {
  /** Steps between two places of the kernel. */
  readonly stride: number;
  /** Zeros before the image; less than none cuts. */
  readonly low: number;
  /** Zeros after the image; less than none cuts. */
  readonly high: number;
  /** Distance between two taps of the kernel. */
  readonly dilation: number;
}

/** What the axes of a convolution are. */
export interface Convolution {
  /** How the kernel moves along each axis of space. */
  readonly window: readonly WindowAxis[];
  /**
   * The axes of image, kernel and result, in StableHLO's letters, `#` for those
   * of space: `["b#f", "#io", "b#f"]`.
   */
  readonly axes: readonly [string, string, string];
  /** The extents of the result. */
  readonly shape: readonly number[];
  /** How exact it is. */
  readonly precision: ProgramOptions["precision"];
}

/** The cross-correlation of an image with a kernel. */
export function convolve(
  [x, kernel]: readonly [HloValue, HloValue],
  { window, axes, shape, precision }: Convolution,
): HloValue {
  const space = window.map((_, axis) => axis).join(", ");
  const [image, taps, result] = axes.map((letters) =>
    `[${[...letters].join(", ").replace("#", space)}]`
  );
  const each = (of: (axis: WindowAxis) => number) => wholes(window.map(of));
  const ones = wholes(window.map(() => 1));
  return x.lines.write({ shape, dtype: x.dtype }, {
    operation: "convolution",
    operands: [x, kernel],
    attributes: {
      dimension_numbers: `#stablehlo.conv<${image}x${taps}->${result}>`,
      window_strides: each((axis) => axis.stride),
      padding: pairs(window.map(({ low, high }) => [low, high])),
      lhs_dilation: ones,
      rhs_dilation: each((axis) => axis.dilation),
      batch_group_count: whole(1),
      feature_group_count: whole(1),
      precision_config: precisionConfig(precision),
    },
  });
}
