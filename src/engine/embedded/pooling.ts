import * as tf from "@tensorflow/tfjs-core";
import { type Call, tensorOf, valuesOf } from "./_kernel.ts";

type Shape4D = [number, number, number, number];

/** tfjs's `MaxPool` for windows that lie side by side. */
export function maxPoolKernel({ inputs, attrs }: Call): tf.TensorInfo | null {
  const { x } = inputs, info = infoOf(x!, attrs);
  if (!isTiling(info)) return null;
  const values = valuesOf(x!);
  const result = new Float32Array(tf.util.sizeFromShape(info.outShape));
  eachWindow(info, values, (from, to) => result[to] = values[from]!);
  return tensorOf(info.outShape, result);
}

/** tfjs's `MaxPoolGrad` for windows that lie side by side; the first of equals gets it. */
export function maxPoolGradientKernel(
  { inputs, attrs }: Call,
): tf.TensorInfo | null {
  const { dy, input } = inputs, info = infoOf(input!, attrs);
  if (!isTiling(info)) return null;
  const gradient = valuesOf(dy!), values = valuesOf(input!);
  const result = new Float32Array(values.length);
  eachWindow(info, values, (from, to) => result[from] = gradient[to]!);
  return tensorOf(input!.shape, result);
}

function infoOf(
  x: tf.TensorInfo,
  { filterSize, strides, pad, dimRoundingMode }: Call["attrs"],
): tf.backend_util.Conv2DInfo {
  return tf.backend_util.computePool2DInfo(
    x.shape as Shape4D,
    filterSize as number,
    strides as number,
    1,
    pad as "valid",
    dimRoundingMode as "floor",
  );
}

function isTiling(info: tf.backend_util.Conv2DInfo): boolean {
  return info.strideHeight === info.filterHeight &&
    info.strideWidth === info.filterWidth &&
    info.outHeight * info.strideHeight === info.inHeight &&
    info.outWidth * info.strideWidth === info.inWidth;
}

/** Visits the largest number of each window and channel: its index, and the window's. */
function eachWindow(
  info: tf.backend_util.Conv2DInfo,
  values: Float32Array,
  visit: (from: number, to: number) => void,
): void {
  const { filterHeight, filterWidth, outHeight, outWidth, inChannels } = info;
  const row = info.inWidth * inChannels;
  const rows = info.batchSize * outHeight;
  for (let y = 0, to = 0; y < rows; y++) {
    for (let x = 0; x < outWidth; x++) {
      const corner = y * filterHeight * row + x * filterWidth * inChannels;
      for (let c = 0; c < inChannels; c++, to++) {
        let best = corner + c;
        for (let wy = 0; wy < filterHeight; wy++) {
          for (let wx = 0; wx < filterWidth; wx++) {
            const at = corner + wy * row + wx * inChannels + c;
            if (values[at]! > values[best]!) best = at;
          }
        }
        visit(best, to);
      }
    }
  }
}
