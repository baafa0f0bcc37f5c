import * as tf from "@tensorflow/tfjs-core";
import { type Call, tensorOf, valuesOf } from "./_kernel.ts";

/** tfjs's `Slice` of 32-bit floats. */
export function sliceKernel({ inputs, attrs }: Call): tf.TensorInfo | null {
  const x = inputs["x"]!;
  if (!isCut(x)) return null;
  const [begin, size] = tf.slice_util.parseSliceParams(
    x as tf.Tensor,
    attrs["begin"] as number[],
    attrs["size"] as number[],
  ) as [number[], number[]];
  tf.slice_util.assertParamsValid(x, begin, size);
  return tensorOf(size, partOf(x, begin, size));
}

/** tfjs's `SplitV` of 32-bit floats. */
export function splitKernel({ inputs, attrs }: Call): tf.TensorInfo[] | null {
  const x = inputs["x"]!;
  if (!isCut(x)) return null;
  const axis = axisOf(x, attrs["axis"] as number);
  const extents = tf.backend_util.prepareSplitSize(
    x as tf.Tensor,
    attrs["numOrSizeSplits"] as number[],
    axis,
  );
  let first = 0;
  return extents.map((extent) => {
    const size = x.shape.with(axis, extent);
    const begin = x.shape.map((_, at) => at === axis ? first : 0);
    first += extent;
    return tensorOf(size, partOf(x, begin, size));
  });
}

/** tfjs's `Unpack` of 32-bit floats. */
export function unpackKernel({ inputs, attrs }: Call): tf.TensorInfo[] | null {
  const x = inputs["value"]!;
  if (!isCut(x)) return null;
  const axis = axisOf(x, attrs["axis"] as number);
  const size = x.shape.with(axis, 1);
  return Array.from({ length: x.shape[axis]! }, (_, i) => {
    const begin = x.shape.map((_, at) => at === axis ? i : 0);
    return tensorOf(x.shape.toSpliced(axis, 1), partOf(x, begin, size));
  });
}

function isCut({ dtype, shape }: tf.TensorInfo): boolean {
  return dtype === "float32" && shape.length > 0;
}

function axisOf({ shape }: tf.TensorInfo, axis: number): number {
  return tf.util.parseAxisParam(axis, shape)[0]!;
}

/** A box of a tensor, by runs that lie in one piece. */
function partOf(
  x: tf.TensorInfo,
  begin: readonly number[],
  size: number[],
): Float32Array {
  const { shape } = x, values = valuesOf(x);
  const result = new Float32Array(tf.util.sizeFromShape(size));
  const steps = [...tf.util.computeStrides(shape), 1];
  // From the axis after this one on, all is taken.
  let axis = shape.length - 1;
  while (axis > 0 && size[axis] === shape[axis]) axis--;
  const run = size[axis]! * steps[axis]!;
  let to = 0;
  const copy = (at: number, before: number) => {
    const from = before + begin[at]! * steps[at]!;
    if (at === axis) {
      for (let i = 0; i < run; i++) result[to++] = values[from + i]!;
      return;
    }
    for (let i = 0; i < size[at]!; i++) copy(at + 1, from + i * steps[at]!);
  };
  copy(0, 0);
  return result;
}
