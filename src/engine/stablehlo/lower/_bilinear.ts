import { add, multiply } from "../emit/arithmetic.ts";
import { interleave, phases } from "../emit/interleave.ts";
import { concatenate, sliceAlong } from "../emit/shape.ts";
import type { HloValue } from "../value.ts";

/** Along which axis images are enlarged, and how many times. */
export interface Enlargement {
  /** The axis. */
  readonly axis: number;
  /** The factor. */
  readonly factor: number;
}

/**
 * Linear interpolation along an axis, centres aligned, ends repeated: each of
 * the places that a voxel becomes is a blend of it and its nearer neighbour.
 */
export function enlarge(x: HloValue, { axis, factor }: Enlargement): HloValue {
  const before = moved([x, x], { axis, towards: "end" });
  const after = moved([x, x], { axis, towards: "start" });
  const places = offsets(factor).map((offset) => {
    if (offset === 0) return x;
    const share = Math.abs(offset), neighbour = offset < 0 ? before : after;
    return add(multiply(x, 1 - share), multiply(neighbour, share));
  });
  return interleave(places, axis);
}

/** The gradient of {@linkcode enlarge}. */
export function gatherEnlarged(
  dy: HloValue,
  { axis, factor }: Enlargement,
): HloValue {
  const places = phases(dy, { axis, count: factor });
  const parts = offsets(factor).flatMap((offset, i) => {
    if (offset > 0) return []; // with its twin, as far on the other side
    const place = places[i]!;
    if (offset === 0) return [place];
    const twin = places[factor - 1 - i]!, share = -offset;
    // A voxel is the first neighbour of the one after it, the ends of themselves.
    const neighbours = add(
      moved([place, twin], { axis, towards: "start" }),
      moved([twin, place], { axis, towards: "end" }),
    );
    return [
      multiply(add(place, twin), 1 - share),
      multiply(neighbours, share),
    ];
  });
  return parts.reduce((sum, part) => add(sum, part));
}

/** How far the centre of each place that a voxel becomes is from its own. */
function offsets(factor: number): number[] {
  return Array.from(
    { length: factor },
    (_, place) => (place + 0.5) / factor - 0.5,
  );
}

/** A value moved by a place along an axis; what becomes free is the end of another. */
function moved(
  [x, filling]: readonly [HloValue, HloValue],
  { axis, towards }: {
    readonly axis: number;
    readonly towards: "start" | "end";
  },
): HloValue {
  const extent = x.shape[axis]!;
  if (extent === 1) return filling;
  return towards === "start"
    ? concatenate([
      sliceAlong(x, { axis, start: 1, end: extent }),
      sliceAlong(filling, { axis, start: extent - 1, end: extent }),
    ], axis)
    : concatenate([
      sliceAlong(filling, { axis, start: 0, end: 1 }),
      sliceAlong(x, { axis, start: 0, end: extent - 1 }),
    ], axis);
}
