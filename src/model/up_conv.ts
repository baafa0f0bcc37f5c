import * as tf from "@tensorflow/tfjs-core";
import { sizeOf, type Zyx } from "@/core/mod.ts";
import { conv3d, recompute, upsample3d } from "@/engine/mod.ts";
import type { Layer } from "./_layer.ts";
import { conv, type ConvShape } from "./unit.ts";

/** How features reach a finer grid. */
export type Upsampling = "trilinear" | "nearest" | "transposed";

/**
 * To a finer grid: interpolation, then a convolution with a bias; or a
 * transposed convolution whose kernel is as large as its strides, so that each
 * voxel paints its own window (`kernelVox` is not asked then).
 *
 * The backward pass interpolates again, which takes next to no time: the
 * interpolated features, the largest of the network, need not be kept.
 */
export function upConv(
  shape: ConvShape,
  { factors, mode }: { readonly factors: Zyx; readonly mode: Upsampling },
): Layer {
  if (mode === "transposed") {
    const windows = { kernelVox: factors, strides: factors };
    const perVoxel = 1 / sizeOf(factors);
    return conv({ ...shape, ...windows, perVoxel, isTransposed: true });
  }
  const convolution = conv(shape);
  const part = recompute((x, kernel, bias) =>
    tf.add<tf.Tensor5D>(
      conv3d(upsample3d(x, factors, mode), kernel as tf.Tensor5D),
      bias!,
    )
  );
  const nearest = { kernelVox: factors, strides: factors };
  return {
    ...convolution,
    see: ({ sight, channels }) =>
      convolution.see({
        sight: mode === "nearest"
          ? sight.painted(nearest)
          : sight.between(factors),
        channels,
      }),
    apply: (weights, x) =>
      weights.shown(part(x, weights.get("kernel"), weights.get("bias"))),
  };
}
