import { addressOf, arenaArray, inArena, rawArray } from "./arena.ts";
import * as kernels from "./kernels.wasm";

/** Where the squares lie whose medians are taken. */
export interface Squares {
  /** The first value of the first square. */
  readonly first: number;
  /** Values from one row to the next. */
  readonly pitch: number;
  /** Squares from top to bottom. */
  readonly height: number;
  /** Squares from left to right. */
  readonly width: number;
  /** Voxels along a side of each, an odd number up to 7. */
  readonly sideVox: number;
}

/** Values the kernel reads and writes at a time. */
const atOnce = 16;

/**
 * The median of the square that begins at each voxel, `[height, width]`; one of its
 * values where some are NaN.
 *
 * @throws {RangeError} If a square is not inside the values, or has no middle.
 */
export function mediansOf(
  values: Float32Array,
  { first, pitch, height, width, sideVox }: Squares,
): Float32Array {
  const rows = height + sideVox - 1, columns = width + sideVox - 1;
  const used = (rows - 1) * pitch + columns;
  if (
    sideVox % 2 !== 1 || sideVox > 7 || columns > pitch || height < 1 ||
    width < 1 || first < 0 || first + used > values.length
  ) {
    throw new RangeError(
      `Cannot take medians of ${height} x ${width} squares of ${sideVox} from ` +
        `value ${first} of ${values.length} in rows of ${pitch}`,
    );
  }
  return inArena(() => {
    const from = rawArray(Float32Array, used + atOnce);
    from.set(values.subarray(first, first + used));
    const offsets = Int32Array.from( // in bytes
      { length: sideVox ** 2 },
      (_, k) => 4 * (Math.floor(k / sideVox) * pitch + k % sideVox),
    );
    const exchanges = networkFor(sideVox ** 2);
    const result = rawArray(Float32Array, height * width + atOnce);
    kernels.median(
      from.byteOffset,
      result.byteOffset,
      height,
      width,
      4 * pitch,
      addressOf(offsets),
      offsets.length,
      addressOf(exchanges),
      exchanges.length / 2,
      offsets.length >> 1,
      arenaArray(Float32Array, offsets.length * atOnce).byteOffset,
    );
    return result.subarray(0, height * width);
  });
}

const networks = new Map<number, Int32Array>();

/** The exchanges that bring the median of `count` values to the middle place. */
function networkFor(count: number): Int32Array {
  let network = networks.get(count);
  if (!network) {
    const needed = new Set([count >> 1]);
    const pairs = sortingNetwork(count).reverse().filter(([low, high]) => {
      if (!needed.has(low) && !needed.has(high)) return false;
      needed.add(low).add(high);
      return true;
    });
    const bytes = 4 * atOnce;
    network = Int32Array.from(pairs.reverse().flat(), (place) => place * bytes);
    networks.set(count, network);
  }
  return network;
}

/** Exchanges that sort `count` values (Batcher 1968; Knuth 5.2.2, algorithm M). */
function sortingNetwork(count: number): [low: number, high: number][] {
  const pairs: [number, number][] = [];
  const top = 2 ** (Math.ceil(Math.log2(count)) - 1);
  for (let p = top; p >= 1; p /= 2) {
    for (let q = top, r = 0, d = p;; d = q - p, q /= 2, r = p) {
      for (let i = 0; i + d < count; i++) {
        if ((i & p) === r) pairs.push([i, i + d]);
      }
      if (q === p) break;
    }
  }
  return pairs;
}
