/**
 * Kernels in WebAssembly with SIMD, for what JavaScript is too slow at: equal bits
 * on every processor, for the order of every operation is fixed.
 *
 * Each is a function from arrays to a new array, or to `to` where one is given.
 * Called by itself it copies its arrays in and its result out. Several in a row
 * belong into one {@linkcode inArena}: what one makes there the next one reads
 * without a copy, and views of such arrays (`subarray`) are as good as arrays.
 *
 * @example
 * ```ts
 * import { inArena, raised, scaled } from "@/core/mod.ts";
 *
 * const brighter = inArena(() => {
 *   const grey = scaled(Float32Array.of(0, 0.25), { gain: 2, low: 0, high: 1 });
 *   return raised(grey, 2);
 * });
 * console.assert(brighter[1] === 0.25);
 * ```
 *
 * @module
 */
export {
  arenaArray,
  type ArrayType,
  enterArena,
  inArena,
  inScratch,
  type KernelArray,
} from "./arena.ts";
export * from "./crop.ts";
export * from "./field.ts";
export * from "./filter.ts";
export * from "./labels.ts";
export * from "./median.ts";
export * from "./sample.ts";
export * from "./turn.ts";
export * from "./values.ts";
