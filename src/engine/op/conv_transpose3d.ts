import type * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import { convolve, inputGradient, kernelGradient } from "./_convolution.ts";
import { withGradient } from "./_with_gradient.ts";
import { checkChannels } from "./conv3d.ts";

/**
 * Transposed convolution, the adjoint of a strided {@linkcode conv3d}: each
 * extent grows by the stride.
 *
 * @param x `[N, D, H, W, Ci]`
 * @param kernel `[kd, kh, kw, Co, Ci]`
 * @returns `[N, D * sd, H * sh, W * sw, Co]`
 */
export function convTranspose3d(
  x: tf.Tensor5D,
  kernel: tf.Tensor5D,
  strides: Zyx,
): tf.Tensor5D {
  checkChannels(x, kernel, 4);
  const geometry = { strides, dilations: [1, 1, 1] as const };
  const [n, d, h, w] = x.shape;
  const [sd, sh, sw] = strides;
  const shape = [n, d * sd, h * sh, w * sw, kernel.shape[3]];
  const [y] = withGradient([x, kernel], {
    forward: (save) => {
      save([x, kernel]);
      return [inputGradient(shape, kernel, x, geometry)];
    },
    backward: ([dy], [x, kernel]) => [
      () => convolve(dy!, kernel!, geometry),
      () => kernelGradient(dy!, kernel!.shape, x!, geometry),
    ],
  });
  return y as tf.Tensor5D;
}
