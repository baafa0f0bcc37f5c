import { dataTypes } from "../../vocabulary/types.ts";
import type { HloValue } from "../value.ts";
import { add, multiply } from "./arithmetic.ts";
import { iota } from "./iota.ts";
import { along, reshape } from "./shape.ts";
import type { Windows } from "./window.ts";

/** Images as windows that tile them: `[N, windows, H, windows, W, C]`. */
export function tileShape([n, , , c]: readonly number[], [y, x]: Windows) {
  return [n!, y.windows, y.windowVox, x.windows, x.windowVox, c!];
}

/** A number of each window at all of its places, `[N, windows, H, windows, W, C]`. */
export function overTile(values: HloValue, windows: Windows): HloValue {
  return along(values, {
    shape: tileShape(values.shape, windows),
    axes: [0, 1, 3, 5],
  });
}

/** The number of each place in its window, row by row, likewise. */
export function placeInTile(values: HloValue, windows: Windows): HloValue {
  const shape = tileShape(values.shape, windows);
  const spec = { shape, dtype: dataTypes.TF_INT32 };
  const row = iota(values.lines, { ...spec, axis: 2 });
  const column = iota(values.lines, { ...spec, axis: 4 });
  return add(multiply(row, windows[1].windowVox), column);
}

/** Tiles as images `[N, H, W, C]` again. */
export function joinTiles(tiles: HloValue): HloValue {
  const [n, rows, h, columns, w, c] = tiles.shape;
  return reshape(tiles, [n!, rows! * h!, columns! * w!, c!]);
}
