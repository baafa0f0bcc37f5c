import type { Window } from "./_filter.ts";

/** Rows whose medians are found together. */
const stripRows = 24;

/**
 * The median of the square of `sideVox` around each voxel of a section. In strips
 * of rows values are replaced by their ranks; a window is then a set of bits, one
 * for each rank, in which the median is found by counting from where that of the
 * voxel before was (Suomela 2014, "Median filtering is equivalent to sorting").
 */
export function medianPlane(
  { values, height, width, reachVox }: Window,
  sideVox: number,
  to: Float32Array,
): void {
  const stride = width + 2 * reachVox;
  const half = (sideVox - 1) / 2, middle = (sideVox * sideVox - 1) / 2;
  const most = (stripRows + 2 * half) * stride;
  const ranking = openRanking(most);
  const bits = new Int32Array((most >> 5) + 1);
  const counts = new Uint8Array(bits.length);
  for (let from = 0; from < height; from += stripRows) {
    const rows = Math.min(stripRows, height - from);
    const first = (from + reachVox - half) * stride;
    const { ranks, sorted } = ranking(
      values.subarray(first, first + (rows + 2 * half) * stride),
    );
    for (let y = 0; y < rows; y++) {
      bits.fill(0);
      counts.fill(0);
      let word = 0, below = 0; // how many bits are set in the words before
      // Column by column: what enters is at x + half, what leaves sideVox before.
      const corner = y * stride + reachVox - half;
      for (let x = -2 * half; x < width; x++) {
        for (
          let k = 0, at = corner + x + 2 * half;
          k < sideVox;
          k++, at += stride
        ) {
          const enters = ranks[at]!, into = enters >> 5;
          bits[into]! |= 1 << enters;
          counts[into]!++;
          if (into < word) below++;
          if (x <= 0) continue;
          const leaves = ranks[at - sideVox]!, out = leaves >> 5;
          bits[out]! &= ~(1 << leaves);
          counts[out]!--;
          if (out < word) below--;
        }
        if (x < 0) continue;
        while (below > middle) below -= counts[--word]!;
        while (below + counts[word]! <= middle) below += counts[word++]!;
        let set = bits[word]!;
        for (let skip = middle - below; skip > 0; skip--) set &= set - 1;
        const rank = (word << 5) + 31 - Math.clz32(set & -set);
        to[(from + y) * width + x] = sorted[rank]!;
      }
    }
  }
}

/** The rank of each value among all, and the values in the order of their ranks. */
interface Ranking {
  readonly ranks: Int32Array;
  readonly sorted: Float32Array;
}

/** Ranks up to `most` values, equal ones in their order, by three passes of counting. */
function openRanking(most: number): (values: Float32Array) => Ranking {
  const keys = new Uint32Array(most), keysToo = new Uint32Array(most);
  const places = new Int32Array(most), placesToo = new Int32Array(most);
  const ranks = new Int32Array(most), sorted = new Float32Array(most);
  const starts = new Int32Array(2048);
  const bits = new Uint32Array(most), floats = new Float32Array(bits.buffer);
  return (values) => {
    const n = values.length;
    floats.set(values);
    for (let i = 0; i < n; i++) {
      const b = bits[i]! | 0; // of negative numbers the order is turned round
      keys[i] = b ^ ((b >> 31) | 0x80000000);
      places[i] = i;
    }
    let [key, place, toKey, toPlace] = [keys, places, keysToo, placesToo];
    for (const shift of [0, 11, 22]) {
      starts.fill(0);
      for (let i = 0; i < n; i++) starts[(key[i]! >>> shift) & 2047]!++;
      for (let k = 0, sum = 0; k < 2048; k++) {
        const count = starts[k]!;
        starts[k] = sum;
        sum += count;
      }
      for (let i = 0; i < n; i++) {
        const k = key[i]!, at = starts[(k >>> shift) & 2047]!++;
        toKey[at] = k;
        toPlace[at] = place[i]!;
      }
      [key, place, toKey, toPlace] = [toKey, toPlace, key, place];
    }
    for (let r = 0; r < n; r++) {
      const at = place[r]!;
      ranks[at] = r;
      sorted[r] = values[at]!;
    }
    return { ranks, sorted };
  };
}
