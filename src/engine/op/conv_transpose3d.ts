import type * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import { centred } from "./_centred.ts";
import { convolve, inputGradient, kernelGradient } from "./_convolution.ts";
import { withGradient } from "./_with_gradient.ts";
import { checkChannels, type ConvOptions } from "./conv3d.ts";

/**
 * Transposed convolution, the adjoint of a strided {@linkcode conv3d}: each
 * extent grows by the stride. Voxel j paints the kernel with its middle on voxel
 * j s if it is centred (PyTorch's padding (k - 1) / 2 and output padding s - 1).
 *
 * @param x `[N, D, H, W, Ci]`
 * @param kernel `[kd, kh, kw, Co, Ci]`
 * @returns `[N, D * sd, H * sh, W * sw, Co]`
 */
export function convTranspose3d(
  x: tf.Tensor5D,
  kernel: tf.Tensor5D,
  strides: Zyx,
  { isCentred = false }: Pick<ConvOptions, "isCentred"> = {},
): tf.Tensor5D {
  checkChannels(x, kernel, 4);
  const geometry = { strides, dilations: [1, 1, 1] as const };
  const [n, d, h, w] = x.shape;
  const [sd, sh, sw] = strides;
  const gridVox: Zyx = [d * sd, h * sh, w * sw];
  const taps = isCentred ? centred(kernel, gridVox, strides) : kernel;
  const shape = [n, ...gridVox, kernel.shape[3]];
  const [y] = withGradient([x, taps], {
    forward: (save) => {
      save([x, taps]);
      return [inputGradient(shape, taps, x, geometry)];
    },
    backward: ([dy], [x, taps]) => [
      () => convolve(dy!, taps!, geometry),
      () => kernelGradient(dy!, taps!.shape, x!, geometry),
    ],
  });
  return y as tf.Tensor5D;
}
