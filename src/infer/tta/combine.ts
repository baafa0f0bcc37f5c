/** Makes one prediction of several of the same tile. */
export interface Combination {
  /** Takes the next prediction, which is borrowed. */
  add(probability: Float32Array): void;
  /** The combination of all so far; new, the caller's. */
  result(): Float32Array;
}

/** How predictions of the same tile are combined, voxel by voxel. */
export type CombineMode = "mean" | "median" | "min" | "max";

/**
 * Starts a combination for tiles of `length` voxels. Mean, minimum and maximum
 * run along in one array; the median keeps all predictions.
 */
export function startCombination(
  mode: CombineMode,
  length: number,
): Combination {
  if (mode === "mean") return runningMean(length);
  if (mode === "median") return median(length);
  return runningExtreme(mode === "min" ? Math.min : Math.max, length);
}

/** Sums in float64, in the order given. */
function runningMean(length: number): Combination {
  const sum = new Float64Array(length);
  let count = 0;
  return {
    add(probability) {
      for (let i = 0; i < length; i++) sum[i]! += probability[i]!;
      count++;
    },
    result: () => Float32Array.from(sum, (total) => total / count),
  };
}

function runningExtreme(
  extreme: (a: number, b: number) => number,
  length: number,
): Combination {
  let best: Float32Array | undefined;
  return {
    add(probability) {
      if (best === undefined) {
        best = probability.slice();
        return;
      }
      for (let i = 0; i < length; i++) {
        best[i] = extreme(best[i]!, probability[i]!);
      }
    },
    result: () => best!.slice(),
  };
}

/** The middle one; of an even number the mean of the two in the middle. */
function median(length: number): Combination {
  const all: Float32Array[] = [];
  return {
    add: (probability) => void all.push(probability.slice()),
    result() {
      const values = new Float32Array(all.length);
      const result = new Float32Array(length);
      const low = (all.length - 1) >> 1, high = all.length >> 1;
      for (let i = 0; i < length; i++) {
        all.forEach((probability, n) => values[n] = probability[i]!);
        values.sort();
        result[i] = (values[low]! + values[high]!) / 2;
      }
      return result;
    },
  };
}
