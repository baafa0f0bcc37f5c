import type { PlanePair } from "../crack/mod.ts";
import type { Yx } from "../shifts.ts";

/** How blocks are compared. */
export interface MatchOptions {
  /** Extent of a block, in voxels. */
  readonly blockVox: number;
  /** How far around the expected shift is looked, in voxels. */
  readonly searchVox: number;
  /** Blocks along each axis. */
  readonly blocks: number;
}

/** Good for sections of some hundred voxels and more. */
export const matchDefaults: MatchOptions = {
  blockVox: 48,
  searchVox: 3,
  blocks: 7,
};

/** What blocks say of two sections. */
export interface Match {
  /** How far the content of the second section lies from the first's, in voxels. */
  readonly shiftVox: Yx;
  /** Mean correlation of the blocks there, from -1 to 1. */
  readonly correlation: number;
}

/**
 * Refines the shift between two sections to parts of a voxel: blocks of the first
 * are looked for in the second by normalised correlation, and what all of them
 * say on the mean counts, so that bright ones do not count for more and structure
 * that runs aslant averages out.
 *
 * @returns null if no block stays inside, or the best is at the rim of what was
 * looked at.
 */
export function matchBlocks(
  { first, second, shapeVox }: PlanePair,
  expected: Yx,
  options: MatchOptions = matchDefaults,
): Match | null {
  const { searchVox, blocks } = options;
  const guess: Yx = [Math.round(expected[0]), Math.round(expected[1])];
  const blockVox = Math.min(options.blockVox, Math.min(...shapeVox) >> 2);
  const span = (axis: 0 | 1) => {
    const low = Math.max(0, -guess[axis] + searchVox);
    const high =
      Math.min(shapeVox[axis], shapeVox[axis] - guess[axis] - searchVox) -
      blockVox;
    return { low, high };
  };
  const ys = span(0), xs = span(1);
  if (ys.high < ys.low || xs.high < xs.low) return null;
  const at = ({ low, high }: typeof ys, i: number) =>
    Math.round(low + (high - low) * (blocks === 1 ? 0.5 : i / (blocks - 1)));
  const side = 2 * searchVox + 1;
  const scores = new Float64Array(side * side); // [side, side]
  for (let i = 0; i < blocks; i++) {
    for (let j = 0; j < blocks; j++) {
      addScores(
        scores,
        { first, second, width: shapeVox[1] },
        { corner: [at(ys, i), at(xs, j)], guess, blockVox, searchVox },
      );
    }
  }
  const peak = peakOf(scores, side);
  return peak && {
    shiftVox: [
      guess[0] - searchVox + peak[0],
      guess[1] - searchVox + peak[1],
    ],
    correlation: Math.max(...scores) / blocks ** 2,
  };
}

/** The highest place of a surface, between its points; null at its rim. */
function peakOf(scores: Float64Array, side: number): Yx | null {
  const best = scores.indexOf(Math.max(...scores));
  const row = Math.floor(best / side), column = best % side;
  const isAtRim = row === 0 || column === 0 || row === side - 1 ||
    column === side - 1;
  if (isAtRim) return null;
  const vertex = (step: number) => {
    const before = scores[best - step]!, behind = scores[best + step]!;
    const bend = before - 2 * scores[best]! + behind;
    return bend < 0 ? (before - behind) / (2 * bend) : 0;
  };
  return [row + vertex(side), column + vertex(1)];
}

/** Adds how well a block suits at every place around the one that is expected. */
function addScores(
  scores: Float64Array,
  { first, second, width }: {
    readonly first: Float32Array;
    readonly second: Float32Array;
    readonly width: number;
  },
  { corner: [y0, x0], guess, blockVox, searchVox }: {
    readonly corner: Yx;
    readonly guess: Yx;
    readonly blockVox: number;
    readonly searchVox: number;
  },
): void {
  const side = 2 * searchVox + 1;
  for (let i = 0; i < scores.length; i++) {
    const dy = guess[0] + Math.floor(i / side) - searchVox;
    const dx = guess[1] + i % side - searchVox;
    let n = 0, sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
    for (let y = 0; y < blockVox; y++) {
      const a = (y0 + y) * width + x0, b = a + dy * width + dx;
      for (let x = 0; x < blockVox; x++, n++) {
        const p = first[a + x]!, q = second[b + x]!;
        sa += p;
        sb += q;
        saa += p * p;
        sbb += q * q;
        sab += p * q;
      }
    }
    const spread = (saa - sa * sa / n) * (sbb - sb * sb / n);
    if (spread > 1e-9) scores[i]! += (sab - sa * sb / n) / Math.sqrt(spread);
  }
}
