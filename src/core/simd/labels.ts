import { addressOf, inArena, rawArray } from "./arena.ts";
import * as kernels from "./kernels.wasm";

/**
 * Labels, 1 for a cleft and 2 for unknown, as a target, 1 where a cleft is, and a
 * mask, 0 where it is unknown.
 */
export function splitLabels(
  labels: Uint8Array,
): { target: Uint8Array; mask: Uint8Array } {
  return inArena(() => {
    const target = rawArray(Uint8Array, labels.length);
    const mask = rawArray(Uint8Array, labels.length);
    kernels.split(
      addressOf(labels),
      target.byteOffset,
      mask.byteOffset,
      labels.length,
    );
    return { target, mask };
  });
}
