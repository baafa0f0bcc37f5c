import { addressOf, filled, inArena } from "./arena.ts";
import * as kernels from "./kernels.wasm";

/** The grey values that bytes stand for: 255 is 1, all as `Math.fround(b / 255)`. */
export function greysOf(bytes: Uint8Array, to?: Float32Array): Float32Array {
  const n = bytes.length;
  return filled(
    { type: Float32Array, length: n, to },
    (result) => kernels.greys(addressOf(bytes), result, n),
  );
}

/** Bytes as float32, `new Float32Array(bytes)`. */
export function floatsOf(bytes: Uint8Array, to?: Float32Array): Float32Array {
  const n = bytes.length;
  return filled(
    { type: Float32Array, length: n, to },
    (result) => kernels.floats(addressOf(bytes), result, n),
  );
}

/** A change of grey values: `value * gain + shift`, cut off at `low` and `high`. */
export interface Scaling {
  /** What they are multiplied by; 1 by default. */
  readonly gain?: number;
  /** What is then added; 0 by default. */
  readonly shift?: number;
  /** The least result; without a bound by default. */
  readonly low?: number;
  /** The largest result; without a bound by default. */
  readonly high?: number;
}

/** Values multiplied, shifted and clipped in float32; `to` may be `values`. */
export function scaled(
  values: Float32Array,
  { gain = 1, shift = 0, low = -Infinity, high = Infinity }: Scaling,
  to?: Float32Array,
): Float32Array {
  const n = values.length;
  return filled(
    { type: Float32Array, length: n, to },
    (result) =>
      kernels.scale(addressOf(values), result, n, gain, shift, low, high),
  );
}

/** `a + (b - a) * share` in float32, each from an array; `to` may be one of them. */
export function blended(
  a: Float32Array,
  b: Float32Array,
  share: Float32Array,
  to?: Float32Array,
): Float32Array {
  const n = a.length;
  if (b.length !== n || share.length !== n) {
    throw new RangeError(`Cannot blend ${n}, ${b.length}, ${share.length}`);
  }
  return filled(
    { type: Float32Array, length: n, to },
    (result) =>
      kernels.blend(addressOf(a), addressOf(b), addressOf(share), result, n),
  );
}

/**
 * Values raised to a power above 0, within 1e-6 of the result (powers up to 4):
 * the same bits on every machine, which `Math.pow` does not promise. Negative
 * values stay as they are. `to` may be `values`.
 */
export function raised(
  values: Float32Array,
  power: number,
  to?: Float32Array,
): Float32Array {
  const n = values.length;
  return filled(
    { type: Float32Array, length: n, to },
    (result) => kernels.power(addressOf(values), result, n, power),
  );
}

/** The sum in float64, added up in an order that depends on the length alone. */
export function sumOf(values: Float32Array): number {
  const n = values.length;
  return inArena(() => kernels.sum(addressOf(values), n, 1, n));
}

/** The sum of a rectangle: `rows` of `columns` values, the first of each `pitch` apart. */
export function sumOfRows(
  values: Float32Array,
  { first, rows, columns, pitch }: {
    readonly first: number;
    readonly rows: number;
    readonly columns: number;
    readonly pitch: number;
  },
): number {
  if (rows < 1 || columns < 1) return 0;
  const part = values.subarray(first, first + (rows - 1) * pitch + columns);
  if (part.length !== (rows - 1) * pitch + columns) {
    throw new RangeError(
      `Cannot sum ${rows} rows of ${columns} of ${values.length} values`,
    );
  }
  return inArena(() => kernels.sum(addressOf(part), columns, rows, pitch));
}
