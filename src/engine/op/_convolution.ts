import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import type { Attribute } from "../vocabulary/types.ts";
import {
  flag,
  floats,
  type Operations,
  operations,
  typeOfWhole,
  whole,
  word,
} from "./_operations.ts";

/** How a kernel moves over an image. */
export interface Geometry {
  /** Steps between two places of the kernel. */
  readonly strides: Zyx;
  /** Distance between two taps of the kernel. */
  readonly dilations: Zyx;
  /** Zeros around the image for a kernel at each voxel, or none. */
  readonly padding: "same" | "valid";
}

/**
 * The cross-correlation of `x` with `kernel`, without a gradient.
 *
 * The three functions of this file state strides and dilations to the library
 * themselves: tfjs refuses dilations along z, and forgets them in gradients.
 * Kernels of one voxel are products of matrices, a fifth faster.
 */
export function convolve(
  x: tf.Tensor,
  kernel: tf.Tensor,
  geometry: Geometry,
): tf.Tensor {
  const ops = operations();
  if (!ops) return runKernel("Conv3D", { x, filter: kernel }, geometry, {});
  if (isPointwise(kernel.shape, geometry)) {
    const y = product(ops, rows(x), matrix(kernel), [false, false]);
    return tf.reshape(y, [...x.shape.slice(0, 4), kernel.shape[4]!]);
  }
  const attributes = attributesOf(geometry);
  return ops.executeSingleOutput("Conv3D", attributes, [x, kernel]);
}

/** The gradient of {@linkcode convolve} with respect to its input. */
export function inputGradient(
  inputShape: readonly number[],
  kernel: tf.Tensor,
  dy: tf.Tensor,
  geometry: Geometry,
): tf.Tensor {
  const ops = operations(), shape = [...inputShape];
  if (!ops) {
    const inputs = { dy, filter: kernel };
    return runKernel("Conv3DBackpropInputV2", inputs, geometry, {
      inputShape: shape,
    });
  }
  if (isPointwise(kernel.shape, geometry)) {
    const dx = product(ops, rows(dy), matrix(kernel), [false, true]);
    return tf.reshape(dx, shape);
  }
  return ops.executeSingleOutput(
    "Conv3DBackpropInputV2",
    [...attributesOf(geometry), typeOfWhole("Tshape")],
    [tf.tensor1d(shape, "int32"), kernel, dy],
  );
}

/** The gradient of {@linkcode convolve} with respect to its kernel. */
export function kernelGradient(
  x: tf.Tensor,
  kernelShape: readonly number[],
  dy: tf.Tensor,
  geometry: Geometry,
): tf.Tensor {
  const ops = operations(), shape = [...kernelShape];
  if (!ops) {
    return runKernel("Conv3DBackpropFilterV2", { x, dy }, geometry, {
      filterShape: shape,
    });
  }
  if (isPointwise(shape, geometry)) {
    return tf.reshape(product(ops, rows(x), rows(dy), [true, false]), shape);
  }
  return ops.executeSingleOutput(
    "Conv3DBackpropFilterV2",
    attributesOf(geometry),
    [x, tf.tensor1d(shape, "int32"), dy],
  );
}

function isPointwise(
  kernelShape: readonly number[],
  { strides }: Geometry,
): boolean {
  return [...kernelShape.slice(0, 3), ...strides].every((n) => n === 1);
}

/** A batch of voxels as `[voxels, C]`. */
function rows(x: tf.Tensor): tf.Tensor {
  return tf.reshape(x, [-1, x.shape[4]!]);
}

/** A kernel of one voxel as `[Ci, Co]`. */
function matrix(kernel: tf.Tensor): tf.Tensor {
  return tf.reshape(kernel, kernel.shape.slice(3));
}

/** The library's own `MatMul`, which `bf16` covers as it covers convolutions. */
function product(
  ops: Operations,
  a: tf.Tensor,
  b: tf.Tensor,
  [isATransposed, isBTransposed]: [boolean, boolean],
): tf.Tensor {
  const attributes = [
    floats("T"),
    flag("transpose_a", isATransposed),
    flag("transpose_b", isBTransposed),
  ];
  return ops.executeSingleOutput("MatMul", attributes, [a, b]);
}

function attributesOf({ strides, dilations, padding }: Geometry): Attribute[] {
  return [
    floats("T"),
    whole("strides", [1, ...strides, 1]),
    word("padding", padding.toUpperCase()),
    word("data_format", "NDHWC"),
    whole("dilations", [1, ...dilations, 1]),
  ];
}

function runKernel(
  name: string,
  inputs: Record<string, tf.Tensor>,
  { strides, dilations, padding }: Geometry,
  more: Record<string, number[]>,
): tf.Tensor {
  return tf.engine().runKernel(name, inputs, {
    strides: [...strides],
    dilations: [...dilations],
    pad: padding,
    dataFormat: "NDHWC",
    ...more,
  });
}
