import { ExperimentError, sizeOf } from "@/core/mod.ts";
import type { Stack } from "./stack.ts";

/** What is cleft of a stack of labels. */
export interface Mask {
  /** 1 where a voxel is cleft, `[D, H, W]`. */
  readonly voxels: Uint8Array;
  /** How many are. */
  readonly count: number;
  /** What makes one doubt that they are meant. */
  readonly warnings: readonly string[];
}

/** Share of cleft voxels above which a mask is doubted; clefts take about 1 %. */
const DOUBTFUL_SHARE = 0.05;

/** A mask and the numbers of its components take 5 bytes a voxel. */
const MOST_VOXELS = 2 ** 31;

/**
 * What is cleft: the voxels whose label is above a threshold.
 *
 * @throws {ExperimentError} If there are labels, but none above it.
 */
export async function readMask(
  stack: Stack,
  { threshold, signal }: {
    threshold: number;
    signal?: AbortSignal | undefined;
  },
): Promise<Mask> {
  const { shapeVox, pattern, range: { high } } = stack;
  checkSize(stack);
  if (high > 0 && high <= threshold) {
    throw new ExperimentError(
      `Cannot find clefts in "${pattern}": the brightest label pixel is ${high}, ` +
        `those above ${threshold} count`,
      { where: "--threshold", fix: `Set it below ${high}` },
    );
  }
  const voxels = new Uint8Array(sizeOf(shapeVox)); // [D, H, W]
  let at = 0, count = 0;
  const below = { count: 0, low: Infinity, high: 0 };
  for await (const { pixels } of stack.sections()) {
    signal?.throwIfAborted();
    for (let i = 0; i < pixels.length; i++, at++) {
      const value = pixels[i]!;
      if (value > threshold) voxels[at] = 1, count++;
      else if (value > 0) {
        below.count++;
        below.low = Math.min(below.low, value);
        below.high = Math.max(below.high, value);
      }
    }
  }
  const warnings = [];
  if (below.count > 0) {
    warnings.push(
      `${below.count} label voxels have values from ${below.low} to ` +
        `${below.high}, which are not above ${threshold} and so no cleft; ` +
        "--threshold 0 makes all above 0 cleft",
    );
  }
  const share = count / voxels.length;
  if (share > DOUBTFUL_SHARE) {
    warnings.push(
      `${
        (100 * share).toFixed(1)
      } % of the voxels are cleft, of real tissue it ` +
        "is about 1 %: is the background brighter than the clefts?",
    );
  }
  return { voxels, count, warnings };
}

function checkSize({ shapeVox, pattern, option }: Stack): void {
  const size = sizeOf(shapeVox);
  if (size <= MOST_VOXELS) return;
  throw new ExperimentError(
    `Cannot number the clefts of "${pattern}": ${size} voxels would take ` +
      `${(5 * size / 2 ** 30).toFixed(0)} GiB of memory`,
    { where: option, fix: "Import some of the sections at a time" },
  );
}
