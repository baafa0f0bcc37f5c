import type { Operation } from "../operation.ts";

/** A convolution along one axis of space. */
export interface ConvAxis {
  /** Extent of the image. */
  readonly imageVox: number;
  /** Extent of the result. */
  readonly resultVox: number;
  /** Taps of the kernel. */
  readonly taps: number;
  /** Steps between two places of the kernel. */
  readonly stride: number;
  /** Distance between two taps. */
  readonly dilation: number;
  /** How far the last tap is from the first. */
  readonly reach: number;
  /** How far the last place is from the first. */
  readonly span: number;
  /** Zeros before the image. */
  readonly low: number;
  /** Zeros after the image that some place reads; less than none if the last voxels are read by none. */
  readonly high: number;
}

/** The axes z, y and x of a convolution of an image `[N, D, H, W, C]`. */
export function convAxes(
  operation: Operation,
  { image, kernel }: {
    readonly image: readonly number[];
    readonly kernel: readonly number[];
  },
): readonly [ConvAxis, ConvAxis, ConvAxis] {
  const strides = operation.attribute("strides", [1, 1, 1, 1, 1]);
  const dilations = operation.attribute("dilations", [1, 1, 1, 1, 1]);
  const padding = operation.attribute<string>("padding", "");
  if (operation.attribute("data_format", "NDHWC") !== "NDHWC") {
    throw operation.refusal("its channels do not come last");
  }
  if (padding !== "SAME" && padding !== "VALID") {
    throw operation.refusal(`its padding is "${padding}"`);
  }
  const along = (axis: 0 | 1 | 2): ConvAxis => {
    const imageVox = image[axis + 1]!, taps = kernel[axis]!;
    const stride = strides[axis + 1]!, dilation = dilations[axis + 1]!;
    const reach = (taps - 1) * dilation;
    const resultVox = padding === "SAME"
      ? Math.ceil(imageVox / stride)
      : Math.ceil((imageVox - reach) / stride);
    if (resultVox < 1) {
      throw operation.refusal(
        `its kernel of ${reach + 1} voxels is larger than the image along ${
          "zyx"[axis]
        }`,
      );
    }
    const span = (resultVox - 1) * stride;
    const outside = span + reach + 1 - imageVox;
    const low = padding === "SAME" ? Math.max(0, outside) >> 1 : 0;
    const high = outside - low;
    return {
      imageVox,
      resultVox,
      taps,
      stride,
      dilation,
      reach,
      span,
      low,
      high,
    };
  };
  return [along(0), along(1), along(2)];
}
