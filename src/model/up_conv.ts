import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import { conv3d, recompute, upsample3d } from "@/engine/mod.ts";
import type { Layer } from "./_layer.ts";
import { conv, type ConvShape } from "./unit.ts";

/**
 * Interpolation to a finer grid, then a convolution with a bias. The backward
 * pass interpolates again, which takes next to no time: the interpolated
 * features, the largest of the network, need not be kept.
 */
export function upConv(
  shape: ConvShape,
  factors: Zyx,
  mode: "trilinear" | "nearest",
): Layer {
  const { reachVox, declare } = conv(shape);
  const part = recompute((x, kernel, bias) =>
    tf.add<tf.Tensor5D>(
      conv3d(upsample3d(x, factors, mode), kernel as tf.Tensor5D),
      bias!,
    )
  );
  return {
    reachVox,
    declare,
    apply: (weights, x) => part(x, weights.get("kernel"), weights.get("bias")),
  };
}
