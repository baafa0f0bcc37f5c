import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import { conv3d, type ConvOptions, convTranspose3d } from "@/engine/mod.ts";
import type { Layer, Seen } from "./_layer.ts";
import type { Activation } from "./activation.ts";
import type { KernelInit } from "./init.ts";
import type { Norm } from "./norm/mod.ts";
import type { Declaration, Scope } from "./weights.ts";

/** Size and place of a convolution. */
export interface ConvShape extends ConvOptions {
  /** Channels in. */
  readonly inputs: number;
  /** Channels out. */
  readonly outputs: number;
  /** Extent of the kernel; odd, so that the grid is kept, unless there are strides. */
  readonly kernelVox: Zyx;
  /** Whether strides enlarge the grid (a transposed convolution). */
  readonly isTransposed?: boolean;
  /** How the kernel is drawn; `kaimingFanOut` by default. */
  readonly init?: KernelInit;
  /** How often each of its numbers is multiplied for a voxel; 1 by default. */
  readonly perVoxel?: number;
}

/** A convolution with a bias. */
export function conv(shape: ConvShape): Layer {
  return {
    see: (x) => seenBy(shape, x),
    declare(weights) {
      declareKernel(weights, shape);
      weights.add("bias", [shape.outputs], "zeros");
    },
    apply: (weights: Scope, x) =>
      weights.naming(() => {
        const y = convolve(x, weights.get("kernel"), shape);
        return weights.shown(tf.add(y, weights.get("bias")));
      }),
  };
}

/** What may differ from one convolution with a normalisation to the next. */
export interface ConvNormOptions {
  /** The activation after the normalisation; none by default. */
  readonly activate?: Activation | undefined;
  /** Whether the convolution has a bias; not by default. */
  readonly bias?: boolean;
  /** Whether it gives zeros (or the normalisation's summand) at first. */
  readonly startsAtZero?: boolean;
}

/** A convolution, then a normalisation, then perhaps an activation. */
export function convNorm(
  shape: ConvShape,
  norm: Norm,
  { activate, bias = false, startsAtZero = false }: ConvNormOptions = {},
): Layer {
  const linear = (weights: Scope, x: tf.Tensor5D): tf.Tensor5D => {
    const kernel = weights.get<tf.Tensor5D>("kernel");
    if (weights.isTraining || !norm.fold) {
      const y = convolve(x, kernel, shape);
      return norm.apply(weights, bias ? tf.add(y, weights.get("bias")) : y);
    }
    const { scale, shift } = norm.fold(weights);
    const moved = bias
      ? tf.add(shift, tf.mul(weights.get("bias"), scale))
      : shift;
    const scaled = tf.mul<tf.Tensor5D>(kernel, scale);
    return tf.add(convolve(x, scaled, shape), moved);
  };
  return {
    see: (x) => seenBy(shape, x),
    declare(weights) {
      declareKernel(weights, shape, startsAtZero && !norm.hasGamma);
      if (bias) weights.add("bias", [shape.outputs], "zeros");
      norm.declare(weights, shape.outputs, startsAtZero ? "zeros" : "ones");
    },
    apply: (weights, x) =>
      weights.naming(() => {
        const y = linear(weights, x);
        return weights.shown(activate ? activate(y) : y);
      }),
  };
}

/** Convolves with a kernel `[kd, kh, kw, inputs, outputs]`. */
function convolve(
  x: tf.Tensor5D,
  kernel: tf.Tensor5D,
  shape: ConvShape,
): tf.Tensor5D {
  if (!shape.isTransposed) return conv3d(x, kernel, shape);
  const turned = tf.transpose(kernel, [0, 1, 2, 4, 3]);
  return convTranspose3d(x, turned, shape.strides ?? [1, 1, 1], shape);
}

function declareKernel(
  weights: Declaration,
  { kernelVox, inputs, outputs, init = "kaimingFanOut", perVoxel }: ConvShape,
  startsAtZero = false,
): void {
  const first = startsAtZero ? "zeros" : init;
  weights.add("kernel", [...kernelVox, inputs, outputs], first, perVoxel);
}

function seenBy(shape: ConvShape, { sight, channels }: Seen): Seen {
  const { inputs, outputs, isTransposed } = shape;
  if (channels !== inputs) {
    throw new TypeError(
      `Cannot convolve ${channels} channels: the kernel reads ${inputs}`,
    );
  }
  return {
    sight: isTransposed ? sight.painted(shape) : sight.through(shape),
    channels: outputs,
  };
}
