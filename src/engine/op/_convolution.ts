import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import type { Attribute } from "../binding/types.ts";
import { floats, nativeBackend, typeOfShape, whole, word } from "./_native.ts";

/** How a kernel moves over an image; padding is always "same". */
export interface Geometry {
  /** Steps between two places of the kernel. */
  readonly strides: Zyx;
  /** Distance between two taps of the kernel. */
  readonly dilations: Zyx;
}

/**
 * The cross-correlation of `x` with `kernel`, without a gradient.
 *
 * The three functions of this file state strides and dilations to the library
 * themselves: tfjs refuses dilations along z, and forgets them in gradients.
 */
export function convolve(
  x: tf.Tensor5D,
  kernel: tf.Tensor5D,
  geometry: Geometry,
): tf.Tensor5D {
  const native = nativeBackend();
  const result = native
    ? native.executeSingleOutput("Conv3D", attributes(geometry), [x, kernel])
    : runKernel("Conv3D", { x, filter: kernel }, geometry, {});
  return result as tf.Tensor5D;
}

/** The gradient of {@linkcode convolve} with respect to its input. */
export function inputGradient(
  inputShape: readonly number[],
  kernel: tf.Tensor5D,
  dy: tf.Tensor5D,
  geometry: Geometry,
): tf.Tensor5D {
  const native = nativeBackend();
  const result = native
    ? native.executeSingleOutput(
      "Conv3DBackpropInputV2",
      [...attributes(geometry), typeOfShape("Tshape")],
      [tf.tensor1d([...inputShape], "int32"), kernel, dy],
    )
    : runKernel("Conv3DBackpropInputV2", { dy, filter: kernel }, geometry, {
      inputShape: [...inputShape],
    });
  return result as tf.Tensor5D;
}

/** The gradient of {@linkcode convolve} with respect to its kernel. */
export function kernelGradient(
  x: tf.Tensor5D,
  kernelShape: readonly number[],
  dy: tf.Tensor5D,
  geometry: Geometry,
): tf.Tensor5D {
  const native = nativeBackend();
  const result = native
    ? native.executeSingleOutput(
      "Conv3DBackpropFilterV2",
      attributes(geometry),
      [x, tf.tensor1d([...kernelShape], "int32"), dy],
    )
    : runKernel("Conv3DBackpropFilterV2", { x, dy }, geometry, {
      filterShape: [...kernelShape],
    });
  return result as tf.Tensor5D;
}

function attributes({ strides, dilations }: Geometry): Attribute[] {
  return [
    floats("T"),
    whole("strides", [1, ...strides, 1]),
    word("padding", "SAME"),
    word("data_format", "NDHWC"),
    whole("dilations", [1, ...dilations, 1]),
  ];
}

function runKernel(
  name: string,
  inputs: Record<string, tf.Tensor>,
  { strides, dilations }: Geometry,
  more: Record<string, number[]>,
): tf.Tensor {
  return tf.engine().runKernel(name, inputs, {
    strides: [...strides],
    dilations: [...dilations],
    pad: "same",
    dataFormat: "NDHWC",
    ...more,
  });
}
