import { inArena, type KernelArray } from "./arena.ts";

/** Extents at which vectors end early, are full, or have a rest. */
export const counts: readonly number[] = [0, 1, 3, 4, 7, 8, 15, 16, 17, 33];

/** Bytes from a whole-number hash, every one of them somewhere. */
export function someBytes(n: number): Uint8Array {
  return Uint8Array.from({ length: n }, (_, i) => i * 7919 + (i * i) % 1013);
}

/** Grey values between 0 and 1 with all bits in use. */
export function someGreys(n: number): Float32Array {
  return Float32Array.from(someBytes(n), (b, i) => (b + 1 / (i + 2)) / 256);
}

/** What a kernel gives by itself and in a scope, which must be the same bits. */
export function bothWays<T extends KernelArray>(run: () => T): T {
  const alone = run(), inScope = inArena(run);
  const bits = ({ buffer, byteOffset, byteLength }: T) =>
    new Uint8Array(buffer, byteOffset, byteLength).join();
  if (bits(alone) !== bits(inScope)) throw new Error("Scopes change bits");
  return inScope;
}
