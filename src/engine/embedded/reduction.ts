import * as tf from "@tensorflow/tfjs-core";
import { type FastKernel, tensorOf, valuesOf } from "./_kernel.ts";

/** tfjs's `Sum` over all axes or the first ones; in 64 bits. */
export const sumKernel = leadingSums(() => 1);

/** tfjs's `Mean` over all axes or the first ones; in 64 bits. */
export const meanKernel = leadingSums((count) => 1 / count);

function leadingSums(scaleOf: (count: number) => number): FastKernel {
  return ({ inputs, attrs }) => {
    const { x } = inputs, { shape, dtype } = x!;
    if (dtype !== "float32" || x!.shape.length === 0) return null;
    const axes = tf.util.parseAxisParam(attrs["axis"] as number[], shape)
      .toSorted((a, b) => a - b);
    if (axes.some((axis, i) => axis !== i)) return null;
    const left = shape.slice(axes.length), width = tf.util.sizeFromShape(left);
    const values = valuesOf(x!), sums = new Float64Array(width);
    for (let i = 0; i < values.length; i += width) {
      for (let c = 0; c < width; c++) sums[c]! += values[i + c]!;
    }
    const scale = scaleOf(values.length / width);
    const result = Float32Array.from(sums, (sum) => sum * scale);
    const ones = attrs["keepDims"] ? axes.map(() => 1) : [];
    return tensorOf([...ones, ...left], result);
  };
}
