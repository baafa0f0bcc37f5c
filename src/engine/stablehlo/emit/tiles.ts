import { dataTypes } from "../../vocabulary/types.ts";
import type { HloValue } from "../value.ts";
import { add, multiply } from "./arithmetic.ts";
import { iota } from "./iota.ts";
import { along, reshape } from "./shape.ts";
import type { Windows } from "./window.ts";

/**
 * Images as windows that tile them, each axis of space as two: which window, and
 * which place of it. `[N, H, W, C]` becomes `[N, windows, H, windows, W, C]`.
 */
function tileShape(shape: readonly number[], windows: Windows): number[] {
  const space = windows.flatMap((axis) => [axis.windows, axis.windowVox]);
  return [shape[0]!, ...space, shape.at(-1)!];
}

/** A number of each window, `[N, windows, ..., C]`, at all places of the tiles. */
export function overTile(values: HloValue, windows: Windows): HloValue {
  const chosen = windows.map((_, i) => 2 * i + 1);
  return along(values, {
    shape: tileShape(values.shape, windows),
    axes: [0, ...chosen, 2 * windows.length + 1],
  });
}

/** The number of each place in its window, row by row, for a number of each window. */
export function placeInTile(values: HloValue, windows: Windows): HloValue {
  const shape = tileShape(values.shape, windows);
  return windows
    .map((_, i) =>
      iota(values.lines, { shape, dtype: dataTypes.TF_INT32, axis: 2 * i + 2 })
    )
    .reduce((place, next, i) =>
      add(multiply(place, windows[i]!.windowVox), next)
    );
}

/** Tiles as images `[N, ..., C]` again. */
export function joinTiles(tiles: HloValue, windows: Windows): HloValue {
  const space = windows.map((axis) => axis.windows * axis.windowVox);
  return reshape(tiles, [tiles.shape[0]!, ...space, tiles.shape.at(-1)!]);
}
