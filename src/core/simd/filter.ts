import { addressOf, filled, rawArray } from "./arena.ts";
import * as kernels from "./kernels.wasm";

/** A filter, and what the lines that it runs along consist of. */
export interface Filter {
  /** How much the voxel itself counts, then both those 1, 2, ... from it. */
  readonly weights: Float32Array;
  /** The voxels of a line, as many more on each side as the filter reaches. */
  readonly line: Int32Array;
}

/**
 * A symmetric filter along the middle axis of a `[outer, length, inner]` array, a
 * new array. Sums are taken in float32.
 *
 * @throws {RangeError} If the array, the filter and the lines do not fit.
 */
export function filtered(
  values: Float32Array,
  [outer, length, inner]: readonly [
    outer: number,
    length: number,
    inner: number,
  ],
  { weights, line }: Filter,
): Float32Array {
  const radius = weights.length - 1;
  if (
    values.length !== outer * length * inner ||
    line.length !== length + 2 * radius ||
    line.some((i) => i < 0 || i >= length)
  ) {
    throw new RangeError(
      `Cannot filter ${values.length} values as [${outer}, ${length}, ` +
        `${inner}] with ${weights.length} weights along ${line.length}`,
    );
  }
  return filled(
    { type: Float32Array, length: values.length },
    (result) =>
      kernels.filter(
        addressOf(values),
        result,
        outer,
        length,
        inner,
        addressOf(line.map((i) => i * inner * 4)), // in bytes
        addressOf(weights),
        radius,
        rawArray(Float32Array, line.length).byteOffset,
      ),
  );
}
