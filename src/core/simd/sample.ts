import type { Box, Zyx } from "../volume.ts";
import { addressOf, filled, rawArray } from "./arena.ts";
import * as kernels from "./kernels.wasm";

/** Places in a `[D, H, W]` array, in voxels of it: as many along each axis. */
export interface PlaceArrays {
  /** Along z. */
  readonly z: Float64Array;
  /** Along y. */
  readonly y: Float64Array;
  /** Along x. */
  readonly x: Float64Array;
}

/** An array that is read, and what of it counts. */
export interface Readable {
  /** Its extent. */
  readonly shapeVox: Zyx;
  /** The voxels that count; it must hold at least one. */
  readonly inside: Box;
}

/**
 * For each place the index of the nearest voxel (of two, the higher one); -1 for
 * places beyond the box, unless `mirrors` says to read those as scipy's `reflect`
 * does.
 */
export function nearestVoxels(
  { shapeVox, inside }: Readable,
  places: PlaceArrays,
  { mirrors = false, to }: { mirrors?: boolean; to?: Int32Array } = {},
): Int32Array {
  const n = places.x.length;
  return filled(
    { type: Int32Array, length: n, to },
    (result) =>
      kernels.nearest(
        ...addressesOf(places),
        result,
        n,
        gridAt(shapeVox, inside),
        +mirrors,
      ),
  );
}

/** The values at indices; `beyond` where an index is below 0. */
export function taken<T extends Float32Array | Uint8Array>(
  array: T,
  index: Int32Array,
  beyond: number,
  to?: T,
): T {
  const n = index.length;
  const [type, kernel] = array instanceof Uint8Array
    ? [Uint8Array, kernels.take1] as const
    : [Float32Array, kernels.take4] as const;
  return filled<Float32Array | Uint8Array>(
    { type, length: n, to },
    (result) => kernel(addressOf(array), addressOf(index), result, n, beyond),
  ) as T;
}

/**
 * The values at places, by straight lines between voxels along each axis
 * (order 1). Places beyond the box get `outside`; where that is null they are
 * read as scipy's `reflect` does.
 */
export function linearAt(
  array: Float32Array,
  { shapeVox, inside }: Readable,
  places: PlaceArrays,
  { outside, to }: { outside: number | null; to?: Float32Array },
): Float32Array {
  const n = places.x.length;
  return filled(
    { type: Float32Array, length: n, to },
    (result) =>
      kernels.linear(
        addressOf(array),
        ...addressesOf(places),
        result,
        n,
        gridAt(shapeVox, inside),
        +(outside === null),
        outside ?? 0,
      ),
  );
}

function addressesOf(
  { z, y, x }: PlaceArrays,
): [z: number, y: number, x: number] {
  if (z.length !== x.length || y.length !== x.length) {
    throw new RangeError(
      `Cannot read at ${z.length}, ${y.length} and ${x.length} places`,
    );
  }
  return [addressOf(z), addressOf(y), addressOf(x)];
}

/** The `Grid` that kernels read. */
function gridAt([, height, width]: Zyx, { startVox, shapeVox }: Box): number {
  const grid = rawArray(Float64Array, 7);
  for (let axis = 0; axis < 3; axis++) {
    grid[2 * axis] = startVox[axis]!;
    grid[2 * axis + 1] = startVox[axis]! + shapeVox[axis]! - 1;
  }
  new Int32Array(grid.buffer, grid.byteOffset + 48, 2).set([height, width]);
  return grid.byteOffset;
}
