import { addressOf, filled, inArena } from "./arena.ts";
import * as kernels from "./kernels.wasm";

/** 1 where both are, for labels 0 and 1 in arrays of one length. */
export function bothOf(a: Uint8Array, b: Uint8Array): Uint8Array {
  const n = a.length;
  if (b.length !== n) throw new RangeError(`Cannot pair ${n} with ${b.length}`);
  return filled(
    { type: Uint8Array, length: n },
    (result) => kernels.both(addressOf(a), addressOf(b), result, n),
  );
}

/** How many are 1, for labels 0 and 1. */
export function countOf(labels: Uint8Array): number {
  return inArena(() => kernels.total(addressOf(labels), labels.length));
}

/** One float32 where a label is 0, another where it is not. */
export function chosen(
  labels: Uint8Array,
  { zero, other }: { readonly zero: number; readonly other: number },
): Float32Array {
  const n = labels.length;
  return filled(
    { type: Float32Array, length: n },
    (result) => kernels.choose(addressOf(labels), result, n, zero, other),
  );
}
