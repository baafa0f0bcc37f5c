import * as tf from "@tensorflow/tfjs-core";
import { mapZyx, type Zyx } from "@/core/mod.ts";
import { convolve, inputGradient, kernelGradient } from "./_convolution.ts";
import { withGradient } from "./_with_gradient.ts";
import { marginOf } from "./_margin.ts";
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
  checkChannels({ x, kernel }, 4);
  const marginVox = isCentred ? marginOf(kernel, strides) : null;
  const padding = marginVox ? "valid" : "same";
  const geometry = { strides, dilations: [1, 1, 1], padding } as const;
  const [n, ...extents] = x.shape;
  const gridVox = mapZyx((axis) => extents[axis]! * strides[axis]);
  const wholeVox = mapZyx((axis) =>
    gridVox[axis] + 2 * (marginVox?.[axis] ?? 0)
  );
  const shape = [n, ...wholeVox, kernel.shape[3]];
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
  if (!marginVox) return y as tf.Tensor5D;
  const size: tf.ShapeMap["R5"] = [n, ...gridVox, kernel.shape[3]];
  return tf.slice(y as tf.Tensor5D, [0, ...marginVox, 0], size);
}
