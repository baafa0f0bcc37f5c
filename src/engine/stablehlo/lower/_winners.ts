import { dataTypes } from "../../vocabulary/types.ts";
import { add, compare, convert, select } from "../emit/arithmetic.ts";
import { settled } from "../emit/barrier.ts";
import { joinTiles, overTile, placeInTile } from "../emit/tiles.ts";
import {
  doTile,
  placesOf,
  putPlace,
  takePlace,
  type Windows,
  withMargin,
} from "../emit/window.ts";
import type { HloValue } from "../value.ts";

/**
 * The place of the largest number of each window, row by row, the first of a
 * tie: `[N, windows, ..., C]`.
 *
 * Exactly one place wins, whatever the bits: nothing is compared with the
 * largest number, which would be another one where it is computed again. For
 * the same reason the places are settled before they are used.
 */
export function winnersOf(x: HloValue, windows: Windows): HloValue {
  const image = withMargin(x, { windows, value: -Infinity });
  const [first, ...others] = placesOf(windows)
    .map((place) => takePlace(image, { windows, place }));
  let largest = first!;
  let winner = x.lines.splat({ ...largest, dtype: dataTypes.TF_INT32 }, 0);
  others.forEach((value, i) => {
    const isLarger = compare("GT", [value, largest]);
    largest = select(isLarger, [value, largest]);
    winner = select(isLarger, [i + 1, winner]);
  });
  const dtype = others.length < 256 ? dataTypes.TF_UINT8 : dataTypes.TF_INT32;
  return convert(settled(convert(winner, dtype)), dataTypes.TF_INT32);
}

/** Images with the number of each window at its winner, and 0 elsewhere. */
export function giveToWinners(
  values: HloValue,
  { winner, windows }: {
    readonly winner: HloValue;
    readonly windows: Windows;
  },
): HloValue {
  if (doTile(windows)) {
    const place = placeInTile(values, windows);
    const isWinner = compare("EQ", [overTile(winner, windows), place]);
    const won = select(isWinner, [overTile(values, windows), 0]);
    return joinTiles(won, windows);
  }
  return placesOf(windows)
    .map((place, i) => {
      const won = select(compare("EQ", [winner, i]), [values, 0]);
      return putPlace(won, { windows, place });
    })
    .reduce((sum, part) => add(sum, part));
}
