import { floatsFrom, removeIfThere } from "@/core/mod.ts";
import { FloatFile } from "../_float_file.ts";

/** Makes one prediction of several of the same tile. */
export interface Combination extends Disposable {
  /** Takes the next prediction, which is borrowed. */
  add(probability: Float32Array): void;
  /** The combination of all so far; new, the caller's. */
  result(): Float32Array;
}

/** How predictions of the same tile are combined, voxel by voxel. */
export type CombineMode = "mean" | "median" | "min" | "max";

/**
 * Starts a combination for tiles of `length` voxels. The memory it takes does not
 * depend on how many predictions there are: mean, minimum and maximum run along in
 * one array, the median keeps the predictions in a temporary file.
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
    result: () => floatsFrom(sum, (total) => total / count),
    [Symbol.dispose]() {},
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
    [Symbol.dispose]() {},
  };
}

/** Voxels whose median is taken at a time. */
const chunkVox = 1 << 16;

/** The middle one; of an even number the mean of the two in the middle. */
function median(length: number): Combination {
  const path = Deno.makeTempFileSync({ prefix: "cleft-median-" });
  const file = new FloatFile(path);
  let count = 0;
  return {
    add(probability) {
      file.write(probability, count++ * length);
    },
    result() {
      const result = new Float32Array(length);
      const low = (count - 1) >> 1, high = count >> 1;
      for (let from = 0; from < length; from += chunkVox) {
        const size = Math.min(chunkVox, length - from);
        const chunks = Array.from(
          { length: count },
          (_, n) => file.read(n * length + from, size),
        );
        const values = new Float32Array(count);
        for (let i = 0; i < size; i++) {
          chunks.forEach((chunk, n) => values[n] = chunk[i]!);
          values.sort();
          result[from + i] = (values[low]! + values[high]!) / 2;
        }
      }
      return result;
    },
    [Symbol.dispose]() {
      file[Symbol.dispose]();
      removeIfThere(path);
    },
  };
}
