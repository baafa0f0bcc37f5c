import { assignRows } from "@/core/mod.ts";

/** Components that count. */
export interface Objects {
  /** The number of the component from 1, 0 elsewhere, `[D, H, W]`. */
  readonly labels: Int32Array;
  /** Voxels of each component, the first one's first. */
  readonly sizes: readonly number[];
}

/** A cleft and a component that overlap enough. */
export interface Pair {
  /** The cleft, from 0. */
  readonly cleft: number;
  /** The component, from 0. */
  readonly called: number;
  /** Their overlap, from 0 to 1. */
  readonly overlap: number;
}

/** How many of both sides count as found. */
export interface Found {
  /** Clefts. */
  readonly clefts: number;
  /** Components of what is called cleft. */
  readonly called: number;
}

/** All pairs that overlap enough. */
export function overlappingPairs(
  clefts: Objects,
  called: Objects,
  { minOverlap, overlapOf }: {
    readonly minOverlap: number;
    readonly overlapOf: "smaller" | "cleft" | "union";
  },
): readonly Pair[] {
  const columns = called.sizes.length;
  const shared = new Map<number, number>(); // by cleft · columns + component
  for (let i = 0; i < clefts.labels.length; i++) {
    if (clefts.labels[i] === 0 || called.labels[i] === 0) continue;
    const key = (clefts.labels[i]! - 1) * columns + called.labels[i]! - 1;
    shared.set(key, (shared.get(key) ?? 0) + 1);
  }
  return [...shared].map(([key, voxels]) => {
    const cleft = Math.floor(key / columns), other = key % columns;
    const a = clefts.sizes[cleft]!, b = called.sizes[other]!;
    const whole = overlapOf === "smaller"
      ? Math.min(a, b)
      : overlapOf === "cleft"
      ? a
      : a + b - voxels;
    return { cleft, called: other, overlap: voxels / whole };
  }).filter(({ overlap }) => overlap >= minOverlap);
}

/** How many of each side have a partner. */
export function withPartner(pairs: readonly Pair[]): Found {
  return {
    clefts: new Set(pairs.map(({ cleft }) => cleft)).size,
    called: new Set(pairs.map(({ called }) => called)).size,
  };
}

/** How many pairs there are when the overlaps of all together are largest. */
export function matchedOneForOne(
  pairs: readonly Pair[],
  [clefts, called]: readonly [clefts: number, called: number],
): Found {
  const isWide = clefts <= called;
  const [rows, columns] = isWide ? [clefts, called] : [called, clefts];
  const overlaps = new Float64Array(rows * columns);
  for (const { cleft, called, overlap } of pairs) {
    const [row, column] = isWide ? [cleft, called] : [called, cleft];
    // A pair counts before how much it shares: 1 is more than any overlap.
    overlaps[row * columns + column] = 1 + overlap / (rows + 1);
  }
  const columnOf = assignRows(overlaps.map((v) => -v), [rows, columns]);
  const count = columnOf.reduce(
    (pairs, column, row) =>
      pairs + (overlaps[row * columns + column]! > 0 ? 1 : 0),
    0,
  );
  return { clefts: count, called: count };
}
