import { addressOf, filled } from "./arena.ts";
import * as kernels from "./kernels.wasm";

/** Which rows of a table count for a line, and how much. */
export interface Taps {
  /** The number of rows that count. */
  readonly count: number;
  /** Their numbers, `count` for each line. */
  readonly index: Int32Array;
  /** Their weights, `count` for each line. */
  readonly weight: Float64Array;
}

/** A plane over a section: its value at the first voxel, and its slopes. */
export interface Ramp {
  /** Value at the first voxel. */
  readonly start: number;
  /** Rise from a line to the next. */
  readonly down: number;
  /** Rise from a voxel to the next. */
  readonly right: number;
}

/**
 * The places of the voxels of a section along one axis: a plane, plus rows of
 * offsets, `width` each, combined by the taps of each of `height` lines.
 */
export function sectionPlaces(
  [height, width]: readonly [height: number, width: number],
  { start, down, right }: Ramp,
  offsets?: { readonly rows: Float64Array; readonly taps: Taps },
): Float64Array {
  return filled(
    Float64Array,
    height * width,
    undefined,
    (result) =>
      kernels.places(
        result,
        height,
        width,
        start,
        down,
        right,
        ...(offsets
          ? [
            addressOf(offsets.rows),
            addressOf(offsets.taps.index),
            addressOf(offsets.taps.weight),
            offsets.taps.count,
          ] as const
          : [0, 0, 0, 0] as const),
      ),
  );
}
