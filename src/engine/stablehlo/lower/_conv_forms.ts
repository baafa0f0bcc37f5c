import { convolve, type WindowAxis } from "../emit/convolution.ts";
import { pad, reverse } from "../emit/shape.ts";
import type { ProgramOptions } from "../operation.ts";
import type { HloValue } from "../value.ts";
import type { ConvAxis } from "./_conv_geometry.ts";

/** The axes of space of a convolution, and how exact it is. */
export interface ConvForm {
  /** Its axes of space, two or three. */
  readonly axes: readonly ConvAxis[];
  /** How exact it is. */
  readonly precision: ProgramOptions["precision"];
}

/** The cross-correlation of an image `[N, ..., Ci]` with a kernel `[..., Ci, Co]`. */
export function correlate(
  [x, kernel]: readonly [HloValue, HloValue],
  { axes, precision }: ConvForm,
): HloValue {
  return convolve([x, kernel], {
    // Voxels that no place reads need not be cut away.
    window: axes.map((axis) => ({ ...axis, high: Math.max(0, axis.high) })),
    axes: ["b#f", "#io", "b#f"],
    shape: [
      x.shape[0]!,
      ...axes.map(({ resultVox }) => resultVox),
      kernel.shape.at(-1)!,
    ],
    precision,
  });
}

/**
 * The gradient of {@linkcode correlate} with respect to the image: the kernel,
 * turned around, on the gradient of the result with zeros between its voxels.
 * Those are made before: compilers know ways to leave them out, some very slow.
 */
export function imageGradient(
  [dy, kernel]: readonly [HloValue, HloValue],
  { axes, precision }: ConvForm,
): HloValue {
  const none = dy.shape.map(() => 0);
  const interior = [0, ...axes.map(({ stride }) => stride - 1), 0];
  const spread = pad(dy, { low: none, high: none, interior, value: 0 });
  const turned = reverse(kernel, axes.map((_, i) => i));
  return convolve([spread, turned], {
    window: axes.map(turnedAround),
    axes: ["b#f", "#oi", "b#f"],
    shape: [
      dy.shape[0]!,
      ...axes.map(({ imageVox }) => imageVox),
      kernel.shape.at(-2)!,
    ],
    precision,
  });
}

/**
 * The gradient of {@linkcode correlate} with respect to the kernel: the gradient
 * of the result as a kernel, with channels in place of samples.
 */
export function kernelGradient(
  [x, dy]: readonly [HloValue, HloValue],
  { axes, precision }: ConvForm,
): HloValue {
  return convolve([x, dy], {
    window: axes.map(({ low, high, stride, dilation }) => ({
      stride: dilation,
      low,
      high,
      dilation: stride,
    })),
    axes: ["f#b", "i#o", "#bf"],
    shape: [
      ...axes.map(({ taps }) => taps),
      x.shape.at(-1)!,
      dy.shape.at(-1)!,
    ],
    precision,
  });
}

/** How the turned kernel moves over the spread gradient, along an axis. */
export function turnedAround(
  { low, reach, imageVox, span, dilation }: ConvAxis,
): WindowAxis {
  return {
    stride: 1,
    low: reach - low,
    high: imageVox - 1 - span + low,
    dilation,
  };
}
