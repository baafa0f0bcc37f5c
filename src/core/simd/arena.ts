import * as kernels from "./kernels.wasm";

/** An array that kernels work on. */
export type KernelArray =
  | BigUint64Array
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint8Array;

/** How an array is made over a part of a buffer. */
export interface ArrayType<T extends KernelArray> {
  /** Bytes of a number. */
  readonly BYTES_PER_ELEMENT: number;
  /** Opens a part of a buffer. */
  new (buffer: ArrayBuffer, byteOffset: number, length: number): T;
}

const pageBytes = 1 << 16, mostPages = 1 << 16;

/** The first page holds the kernels' own data. */
const firstByte = pageBytes;

/** Arrays begin where vectors and cache lines do. */
const alignBytes = 64;

const memory = kernels.memory as WebAssembly.Memory;
let buffer = memory.buffer as ArrayBuffer;
let depth = 0;
let top = firstByte;

/** Thrown, and caught, where a scope needs more memory than there is. */
class Shortage extends Error {
  constructor(readonly bytes: number) {
    super("The arena of the kernels is full");
  }
}

/**
 * Runs `body` so that the arrays its kernels make stay in the memory of the
 * kernels, where the next one finds them without a copy. What `body` returns,
 * arrays in plain objects and arrays included, is copied out in the end; whatever
 * else was made there is gone. Scopes in a scope share its memory. Outside of
 * one, every kernel copies its arrays in and its result out.
 *
 * If the memory runs short, it grows and `body` starts again: it must do the same
 * each time, and keep no array of a kernel elsewhere than in its result.
 *
 * @throws {RangeError} If it needs more than 4 GiB.
 */
export function inArena<T>(body: () => T): T {
  if (depth > 0) return body();
  for (;;) {
    depth++;
    try {
      return copyOut(body());
    } catch (error) {
      if (!(error instanceof Shortage)) throw error;
      grow(error.bytes);
    } finally {
      depth--;
      top = firstByte;
    }
  }
}

/**
 * Runs `body` for what it writes to arrays made before; all that it makes itself
 * is gone in the end, and its memory used again. For loops in {@linkcode inArena}.
 */
export function inScratch(body: () => void): void {
  const before = top;
  inArena(body);
  if (depth > 0) top = before;
}

/**
 * An array of zeros: in the arena where a scope is open, else of its own. What is
 * filled here is not copied again by the kernels that read it.
 */
export function arenaArray<T extends KernelArray>(
  type: ArrayType<T>,
  length: number,
): T {
  if (depth === 0) {
    return new type(
      new ArrayBuffer(length * type.BYTES_PER_ELEMENT),
      0,
      length,
    );
  }
  const array = rawArray(type, length);
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength).fill(0);
  return array;
}

/** The same array in the arena: itself if it is there, else a copy. */
export function enterArena<T extends KernelArray>(array: T): T {
  if (depth === 0 || isInside(array)) return array;
  const copy = rawArray(array.constructor as never, array.length) as T;
  copy.set(array as never);
  return copy;
}

/** An array in the arena, full of what was there before; in a scope only. */
export function rawArray<T extends KernelArray>(
  type: ArrayType<T>,
  length: number,
): T {
  const start = top;
  top = Math.ceil((start + length * type.BYTES_PER_ELEMENT) / alignBytes) *
    alignBytes;
  if (top > buffer.byteLength) throw new Shortage(top);
  return new type(buffer, start, length);
}

/** The address of an array; of a copy in the arena if it is elsewhere. */
export function addressOf(array: KernelArray): number {
  return enterArena(array).byteOffset;
}

/**
 * Runs a kernel that fills `length` values: of `to` if it is given, else of an
 * array in the arena. `run` gets the address, and the array itself.
 */
export function filled<T extends KernelArray>(
  { type, length, to }: {
    readonly type: ArrayType<T>;
    readonly length: number;
    readonly to?: T | undefined;
  },
  run: (address: number, result: T) => void,
): T {
  if (to && to.length !== length) {
    throw new RangeError(`Cannot put ${length} values into ${to.length}`);
  }
  return inArena(() => {
    const result = to && isInside(to) ? to : rawArray(type, length);
    run(result.byteOffset, result);
    if (!to || result === to) return result;
    to.set(result as never);
    return to;
  });
}

/** Whether an array lies in the arena. */
export function isInside(array: ArrayBufferView): boolean {
  return array.buffer === buffer;
}

/** Grows to twice the size, or more if `bytes` say so. No view must be in use. */
function grow(bytes: number): void {
  const pages = buffer.byteLength / pageBytes;
  const wanted = Math.ceil(bytes / pageBytes);
  if (wanted > mostPages) {
    throw new RangeError(
      `Cannot compute with ${Math.round(bytes / 2 ** 20)} MiB at once: ` +
        "the kernels have 4096",
    );
  }
  memory.grow(Math.min(mostPages, Math.max(wanted, 2 * pages)) - pages);
  buffer = memory.buffer as ArrayBuffer;
}

/** A result with copies in place of arrays in the arena. */
function copyOut<T>(value: T): T {
  if (ArrayBuffer.isView(value)) {
    if (!isInside(value)) return value;
    const array = value as unknown as KernelArray;
    // Unlike slice(), it does not fill the copy with zeros first.
    return new (array.constructor as new (from: unknown) => T)(array);
  }
  if (Array.isArray(value)) return value.map(copyOut) as T;
  if (value === null || typeof value !== "object") return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, copyOut(part)]),
  ) as T;
}
