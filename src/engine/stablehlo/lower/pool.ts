import { dataTypes } from "../../vocabulary/types.ts";
import { add, convert, divide } from "../emit/arithmetic.ts";
import { stretch } from "../emit/shape.ts";
import { joinTiles, overTile } from "../emit/tiles.ts";
import {
  doTile,
  placesOf,
  putPlace,
  reduceWindows,
  voxelsOf,
  type Windows,
} from "../emit/window.ts";
import type { Operation } from "../operation.ts";
import type { HloValue } from "../value.ts";
import type { Lowerings } from "./_lowering.ts";
import { windowsOf } from "./_pool_geometry.ts";
import { giveToWinners, winnersOf } from "./_winners.ts";

/** The largest number and the mean of windows of images `[N, ..., C]`. */
export const poolLowerings: Lowerings = {
  AvgPool: mean,
  AvgPool3D: mean,
  AvgPool3DGrad: meanGradient,
  AvgPoolGrad: meanGradient,
  MaxPool: largest,
  MaxPool3D: largest,
  MaxPool3DGrad: largestGradient,
  MaxPoolGrad: largestGradient,
};

function largest(operation: Operation): HloValue {
  const [x] = operation.inputs, windows = windowsOf(operation, x!.shape);
  return reduceWindows(x!, { by: "maximum", windows });
}

function largestGradient(operation: Operation): HloValue {
  const [x, , dy] = operation.inputs;
  const windows = windowsOf(operation, x!.shape);
  // Sums of 16-bit numbers, where windows overlap, have 32 on their way.
  const values = doTile(windows) ? dy! : convert(dy!, dataTypes.TF_FLOAT);
  const winner = winnersOf(x!, windows);
  return convert(giveToWinners(values, { winner, windows }), dy!.dtype);
}

function mean(operation: Operation): HloValue {
  const [x] = operation.inputs, windows = windowsOf(operation, x!.shape);
  const wide = convert(x!, dataTypes.TF_FLOAT);
  const total = reduceWindows(wide, { by: "add", windows });
  return convert(divide(total, countsLike(total, windows)), x!.dtype);
}

function meanGradient(operation: Operation): HloValue {
  const [, dy] = operation.inputs, shape = operation.numbers(0);
  const windows = windowsOf(operation, shape);
  const wide = convert(dy!, dataTypes.TF_FLOAT);
  const share = divide(wide, countsLike(wide, windows));
  const dx = doTile(windows)
    ? joinTiles(overTile(share, windows), windows)
    : placesOf(windows)
      .map((place) => putPlace(share, { windows, place }))
      .reduce((sum, part) => add(sum, part));
  return convert(dx, dy!.dtype);
}

/** How many voxels of the image each window has, for a value of each window. */
function countsLike(values: HloValue, windows: Windows): HloValue {
  const counts = windows.map(voxelsOf).reduce(
    (all, along) => all.flatMap((count) => along.map((n) => count * n)),
    [1],
  );
  const shape = [1, ...windows.map((axis) => axis.windows), 1];
  const constant = values.lines.constant(
    { shape, dtype: dataTypes.TF_FLOAT },
    Float32Array.from(counts),
  );
  return stretch(constant, values.shape);
}
