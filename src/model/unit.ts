import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import { conv3d } from "@/engine/mod.ts";
import type { Layer } from "./_layer.ts";
import type { Activation } from "./activation.ts";
import type { Norm } from "./norm/mod.ts";
import type { Declaration, Scope } from "./weights.ts";

/** Size and place of a convolution. */
export interface ConvShape {
  /** Channels in. */
  readonly inputs: number;
  /** Channels out. */
  readonly outputs: number;
  /** Extent of the kernel; odd, so that the grid is kept. */
  readonly kernelVox: Zyx;
}

/** A convolution with a bias, on the same grid. */
export function conv({ inputs, outputs, kernelVox }: ConvShape): Layer {
  return {
    reachVox: reachOf(kernelVox),
    declare(weights: Declaration) {
      weights.add("kernel", [...kernelVox, inputs, outputs], "kaimingFanOut");
      weights.add("bias", [outputs], "zeros");
    },
    apply: (weights: Scope, x) =>
      tf.add<tf.Tensor5D>(
        conv3d(x, weights.get("kernel")),
        weights.get("bias"),
      ),
  };
}

/** A convolution without bias, then a normalisation, then perhaps an activation. */
export function convNorm(
  { inputs, outputs, kernelVox }: ConvShape,
  norm: Norm,
  activate?: Activation,
): Layer {
  const linear = (weights: Scope, x: tf.Tensor5D): tf.Tensor5D => {
    const kernel = weights.get<tf.Tensor5D>("kernel");
    if (weights.isTraining || !norm.fold) {
      return norm.apply(weights, conv3d(x, kernel));
    }
    const { scale, shift } = norm.fold(weights);
    return tf.add(conv3d(x, tf.mul<tf.Tensor5D>(kernel, scale)), shift);
  };
  return {
    reachVox: reachOf(kernelVox),
    declare(weights) {
      weights.add("kernel", [...kernelVox, inputs, outputs], "kaimingFanOut");
      norm.declare(weights, outputs);
    },
    apply: (weights, x) => {
      const y = linear(weights, x);
      return activate ? activate(y) : y;
    },
  };
}

function reachOf([z, y, x]: Zyx): Zyx {
  return [(z - 1) / 2, (y - 1) / 2, (x - 1) / 2];
}
