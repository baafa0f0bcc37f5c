import { checkInput, type MetricInput } from "./_metric.ts";

/**
 * What each threshold that matters gets right and wrong: those are the distinct
 * probabilities of cleft voxels, as any other threshold adds errors alone.
 */
export interface Ranking {
  /** The distinct probabilities of the labelled cleft voxels, falling. */
  readonly thresholds: Float32Array;
  /** Cleft voxels of at least that probability. */
  readonly truePositives: Uint32Array;
  /** Other labelled voxels of at least that probability. */
  readonly falsePositives: Uint32Array;
  /** All labelled cleft voxels, also those whose probability is NaN. */
  readonly positives: number;
}

/**
 * Counts every threshold exactly without sorting the volume: the cleft voxels,
 * few as they are, are sorted, and each other voxel is looked up among them.
 */
export function rankVoxels(input: MetricInput): Ranking {
  checkInput(input);
  const { probability, target, mask } = input;
  const keyAt = orderedKeys(probability);
  const cleftKeys = new Uint32Array(target.length);
  let positives = 0, ranked = 0;
  for (let i = 0; i < target.length; i++) {
    if (mask[i] === 0 || target[i] === 0) continue;
    positives++;
    const key = keyAt(i);
    if (key !== nanKey) cleftKeys[ranked++] = key;
  }
  const sorted = cleftKeys.subarray(0, ranked).sort();
  const { keys, counts } = distinct(sorted);

  const others = new Uint32Array(keys.length + 1); // by the keys at or below
  const starts = bucketStarts(keys);
  for (let i = 0; i < target.length; i++) {
    if (mask[i] === 0 || target[i] !== 0) continue;
    const key = keyAt(i);
    let low = starts[key >>> 16]!, high = starts[(key >>> 16) + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keys[middle]! <= key) low = middle + 1;
      else high = middle;
    }
    others[low]!++;
  }
  return {
    thresholds: Float32Array.from(keys, valueOf).reverse(),
    truePositives: countsFromTheTop(counts),
    falsePositives: countsFromTheTop(others.subarray(1)),
    positives,
  };
}

const nanKey = 0;

/** Whole numbers that are ordered as the values are; both zeros get one key. */
function orderedKeys(values: Float32Array): (i: number) => number {
  const { buffer, byteOffset, length } = values;
  const bits = new Int32Array(buffer, byteOffset, length);
  return (i) => {
    const value = values[i]!;
    if (value === 0) return 0x80000000;
    return value === value
      ? (bits[i]! ^ ((bits[i]! >> 31) | 0x80000000)) >>> 0
      : nanKey;
  };
}

/** The value that has a key. */
function valueOf(key: number): number {
  word[0] = key >= 0x80000000 ? key ^ 0x80000000 : ~key;
  return asFloat[0]!;
}
const word = new Uint32Array(1);
const asFloat = new Float32Array(word.buffer);

/** The distinct numbers of a sorted array, and how often each occurs. */
function distinct(
  sorted: Uint32Array,
): { keys: Uint32Array; counts: Uint32Array } {
  const keys = new Uint32Array(sorted.length);
  const counts = new Uint32Array(sorted.length);
  let n = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) keys[n++] = sorted[i]!;
    counts[n - 1]!++;
  }
  return { keys: keys.subarray(0, n), counts: counts.subarray(0, n) };
}

/** For each upper half of a key, how many of the rising keys lie before it. */
function bucketStarts(keys: Uint32Array): Uint32Array {
  const starts = new Uint32Array(65_537);
  for (const key of keys) starts[(key >>> 16) + 1]!++;
  for (let b = 1; b < starts.length; b++) starts[b]! += starts[b - 1]!;
  return starts;
}

/** Sums from the last count down to each, last one first. */
function countsFromTheTop(counts: Uint32Array): Uint32Array {
  const sums = counts.toReversed();
  for (let i = 1; i < sums.length; i++) sums[i]! += sums[i - 1]!;
  return sums;
}
