import type * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import { marginOf, withMargin } from "./_margin.ts";
import { convolve, inputGradient, kernelGradient } from "./_convolution.ts";
import { withGradient } from "./_with_gradient.ts";

/** How a kernel moves over an image. */
export interface ConvOptions {
  /** Steps between two places of the kernel; 1 each by default. */
  readonly strides?: Zyx;
  /** Distance between two taps of the kernel; 1 each by default. */
  readonly dilations?: Zyx;
  /**
   * Whether the middle of the kernel, which is odd then, stands on voxels
   * 0, s, 2 s, … of the finer grid, as PyTorch has it with half a kernel of
   * padding. Not by default: TensorFlow's rule puts it half a stride further.
   */
  readonly isCentred?: boolean;
}

/**
 * Cross-correlation with "same" padding: each output extent is the input's
 * divided by the stride, rounded up; zeros outside, one more of them at the
 * far end where their number is odd (TensorFlow's rule).
 *
 * @param x `[N, D, H, W, Ci]`
 * @param kernel `[kd, kh, kw, Ci, Co]`
 * @returns `[N, D / sd, H / sh, W / sw, Co]`
 * @throws {RangeError} If channels disagree, or if both a stride and a
 * dilation are above 1.
 */
export function conv3d(
  x: tf.Tensor5D,
  kernel: tf.Tensor5D,
  { strides = [1, 1, 1], dilations = [1, 1, 1], isCentred = false }:
    ConvOptions = {},
): tf.Tensor5D {
  checkChannels({ x, kernel }, 3);
  if (strides.some((s) => s !== 1) && dilations.some((d) => d !== 1)) {
    throw new RangeError(
      `Cannot convolve with strides ${strides} and dilations ${dilations}:` +
        ` one of the two has to be 1`,
    );
  }
  const marginVox = isCentred ? marginOf(kernel, strides) : null;
  const padding = marginVox ? "valid" : "same";
  const geometry = { strides, dilations, padding } as const;
  const image = marginVox ? withMargin(x, marginVox) : x;
  const [y] = withGradient([image, kernel], {
    forward: (save) => {
      save([image, kernel]);
      return [convolve(image, kernel, geometry)];
    },
    backward: ([dy], [image, kernel]) => [
      () => inputGradient(image!.shape, kernel!, dy!, geometry),
      () => kernelGradient(image!, kernel!.shape, dy!, geometry),
    ],
  });
  return y as tf.Tensor5D;
}

/** Fails unless the image has the channels that the kernel reads, on `axis`. */
export function checkChannels(
  { x, kernel }: { readonly x: tf.Tensor5D; readonly kernel: tf.Tensor5D },
  axis: 3 | 4,
): void {
  if (x.shape[4] === kernel.shape[axis]) return;
  throw new RangeError(
    `Cannot convolve an image of shape [${x.shape}] with a kernel of shape` +
      ` [${kernel.shape}]: the kernel reads ${kernel.shape[axis]} channels`,
  );
}
