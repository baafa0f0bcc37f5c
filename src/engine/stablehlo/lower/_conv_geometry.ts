import type { Operation } from "../operation.ts";

/** The shapes of what is convolved. */
export interface ConvShapes {
  /** `[N, D, H, W, Ci]`, or without D. */
  readonly image: readonly number[];
  /** `[kd, kh, kw, Ci, Co]`, or without kd. */
  readonly kernel: readonly number[];
}

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

/** The axes of space of a convolution, z first if it has one. */
export function convAxes(
  operation: Operation,
  { image, kernel }: ConvShapes,
): readonly ConvAxis[] {
  const ones = image.map(() => 1);
  const strides = operation.list("strides", ones);
  const dilations = operation.list("dilations", ones);
  const padding = operation.word("padding");
  if (operation.word("data_format").startsWith("NC")) {
    throw operation.refusal("its channels do not come last");
  }
  if (padding !== "SAME" && padding !== "VALID") {
    throw operation.refusal(`its padding is "${padding}"`);
  }
  return kernel.slice(0, -2).map((taps, i) => {
    const imageVox = image[i + 1]!;
    const stride = strides[i + 1]!, dilation = dilations[i + 1]!;
    const reach = (taps - 1) * dilation;
    const resultVox = padding === "SAME"
      ? Math.ceil(imageVox / stride)
      : Math.ceil((imageVox - reach) / stride);
    if (resultVox < 1) {
      throw operation.refusal(
        `its kernel of ${reach + 1} voxels does not fit the image`,
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
  });
}
