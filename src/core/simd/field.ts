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

/** Rows of offsets, and how they make up those of each line of a section. */
export interface Bend {
  /** Rows as wide as the section. */
  readonly rows: Float64Array;
  /** Which of them count for each line. */
  readonly taps: Taps;
}

/**
 * The places of the voxels of a section along one axis, `[H, W]`: a plane, plus
 * for each line the rows of `bend` that its taps name.
 */
export function sectionPlaces(
  [height, width]: readonly [height: number, width: number],
  { start, down, right }: Ramp,
  { bend, to }: {
    readonly bend?: Bend | null | undefined;
    readonly to?: Float64Array;
  } = {},
): Float64Array {
  return filled(
    { type: Float64Array, length: height * width, to },
    (result) => {
      const plane = [result, height, width, start, down, right] as const;
      if (!bend) {
        kernels.places(...plane, 0, 0, 0, 0);
        return;
      }
      const { rows, taps: { index, weight, count } } = bend;
      kernels.places(
        ...plane,
        addressOf(rows),
        addressOf(index),
        addressOf(weight),
        count,
      );
    },
  );
}
