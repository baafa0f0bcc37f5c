import type { Filter } from "./_filter.ts";
import { sumTaps, tapsOf } from "./_taps.ts";

/** The weight of a neighbour in the plane. */
export interface Neighbour {
  /** Voxels down to it. */
  readonly dy: number;
  /** Voxels right to it. */
  readonly dx: number;
  /** Its weight. */
  readonly weight: number;
}

/** The rows of a 3 x 3 kernel as neighbours. */
export function kernelOf(rows: readonly (readonly number[])[]): Neighbour[] {
  return rows.flatMap((row, y) =>
    row.map((weight, x) => ({ dy: y - 1, dx: x - 1, weight }))
  );
}

/** Sums weighted neighbours, clipped to 0 and 1; `neighboursOf` a change. */
export function correlate<Change>(
  neighboursOf: (change: Change) => readonly Neighbour[],
): Filter<Change> {
  return ({ values, height, width, reachVox }, change, to) => {
    const stride = width + 2 * reachVox;
    const taps = tapsOf(
      neighboursOf(change).map(({ dy, dx, weight }) =>
        [dy * stride + dx, weight] as const
      ),
    );
    for (let y = 0; y < height; y++) {
      const start = (y + reachVox) * stride + reachVox;
      sumTaps(values, { taps, to, start, at: y * width, count: width });
    }
    clipGrey(to);
  };
}

/** Cuts off what leaves the range from 0 to 1, in place. */
export function clipGrey(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    values[i] = value < 0 ? 0 : value > 1 ? 1 : value;
  }
}
