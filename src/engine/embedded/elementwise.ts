import * as tf from "@tensorflow/tfjs-core";
import { type FastKernel, tensorOf, valuesOf } from "./_kernel.ts";

/** tfjs's `Add`. */
export const addKernel = rowwise((x, y, to) => addRows(x, y, 1, to), true);

/** tfjs's `Sub`. */
export const subKernel = rowwise((x, y, to) => addRows(x, y, -1, to), false);

/** tfjs's `Multiply`. */
export const multiplyKernel = rowwise(multiplyRows, true);

/**
 * A kernel of two tensors of which the second one repeats along the first: it
 * has the same shape, or is a row of channels, or a number. tfjs's own computes
 * the place of each number of each operand.
 */
function rowwise(
  loop: (x: Float32Array, y: Float32Array, to: Float32Array) => void,
  isCommutative: boolean,
): FastKernel {
  return ({ inputs }) => {
    let { a, b } = inputs;
    if (a!.dtype !== "float32" || b!.dtype !== "float32") return null;
    if (isCommutative && !repeats(b!.shape, a!.shape)) [a, b] = [b, a];
    if (!repeats(b!.shape, a!.shape)) return null;
    const x = valuesOf(a!), result = new Float32Array(x.length);
    loop(x, valuesOf(b!), result);
    return tensorOf(a!.shape, result);
  };
}

/** Whether `b` fills the shape `a` by being repeated as a whole. */
function repeats(b: readonly number[], a: readonly number[]): boolean {
  if (b.length > a.length) return false;
  const first = b.findIndex((extent) => extent !== 1);
  const core = first === -1 ? [] : b.slice(first);
  return tf.util.arraysEqual(core, a.slice(a.length - core.length));
}

function addRows(
  x: Float32Array,
  y: Float32Array,
  sign: 1 | -1,
  to: Float32Array,
): void {
  for (let i = 0; i < x.length; i += y.length) {
    for (let c = 0; c < y.length; c++) to[i + c] = x[i + c]! + sign * y[c]!;
  }
}

function multiplyRows(
  x: Float32Array,
  y: Float32Array,
  to: Float32Array,
): void {
  for (let i = 0; i < x.length; i += y.length) {
    for (let c = 0; c < y.length; c++) to[i + c] = x[i + c]! * y[c]!;
  }
}
