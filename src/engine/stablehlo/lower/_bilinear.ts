import { dataTypes } from "../../vocabulary/types.ts";
import { add, compare, multiply, select } from "../emit/arithmetic.ts";
import { iota } from "../emit/iota.ts";
import { along, pad, reshape, slice } from "../emit/shape.ts";
import type { HloValue } from "../value.ts";

/** Along which axis images are enlarged, and how many times. */
export interface Enlargement {
  /** The axis. */
  readonly axis: number;
  /** The factor. */
  readonly factor: number;
}

/**
 * Linear interpolation of images `[N, H, W, C]`, centres aligned, ends repeated:
 * each of the places that a voxel becomes is a blend of it and its nearer
 * neighbours. Every place asks where it is, so that nothing has to be put
 * together from parts: a compiler makes one loop of it.
 */
export function enlarge(
  x: HloValue,
  [fh, fw]: readonly [number, number],
): HloValue {
  const [n, h, w, c] = x.shape;
  const shape = [n!, h!, fh, w!, fw, c!];
  const spread = (values: HloValue) =>
    along(values, { shape, axes: [0, 1, 3, 5] });
  const rows = (values: HloValue) => {
    const own = spread(values), axis = 1, place = 2;
    if (fh === 1) return own;
    const [before, after] = neighbours(values, axis).map(spread);
    return blended(own, [before!, after!], { factor: fh, place });
  };
  const own = rows(x);
  const [before, after] = fw === 1 ? [] : neighbours(x, 2).map(rows);
  const all = before
    ? blended(own, [before, after!], { factor: fw, place: 4 })
    : own;
  return reshape(all, [n!, h! * fh, w! * fw, c!]);
}

/** Each place as a blend of its voxel and the neighbour it is nearer to. */
function blended(
  own: HloValue,
  [before, after]: readonly [HloValue, HloValue],
  { factor, place }: { readonly factor: number; readonly place: number },
): HloValue {
  const { lines, shape } = own;
  const at = iota(lines, { shape, dtype: dataTypes.TF_INT32, axis: place });
  const isBefore = compare("LT", [at, Math.floor(factor / 2)]);
  const shares = lines.constant(
    { shape: [factor], dtype: dataTypes.TF_FLOAT },
    Float32Array.from(offsets(factor), Math.abs),
  );
  const rests = lines.constant(
    { shape: [factor], dtype: dataTypes.TF_FLOAT },
    Float32Array.from(offsets(factor), (offset) => 1 - Math.abs(offset)),
  );
  const [share, rest] = [shares, rests]
    .map((values) => along(values, { shape, axes: [place] }));
  return add(
    multiply(own, rest!),
    multiply(select(isBefore, [before, after]), share!),
  );
}

/** A value moved by one place to either side along an axis, ends repeated. */
function neighbours(x: HloValue, axis: number): [HloValue, HloValue] {
  return [
    moved([x, x], { axis, towards: "end" }),
    moved([x, x], { axis, towards: "start" }),
  ];
}

/** The gradient of {@linkcode enlarge}, along one axis. */
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
  const { lines, shape } = x, extent = shape[axis]!;
  if (extent === 1) return filling;
  const by = (places: number) => shape.map((_, i) => i === axis ? places : 0);
  const toEnd = towards === "end";
  const shifted = pad(x, {
    low: by(toEnd ? 1 : -1),
    high: by(toEnd ? -1 : 1),
    value: 0,
  });
  const at = iota(lines, { shape, dtype: dataTypes.TF_INT32, axis });
  const isFree = compare("EQ", [at, toEnd ? 0 : extent - 1]);
  return select(isFree, [filling, shifted]);
}

/** The places of a value that take turns along an axis, each `count`th from each of the first. */
function phases(
  x: HloValue,
  { axis, count }: { readonly axis: number; readonly count: number },
): HloValue[] {
  return Array.from({ length: count }, (_, phase) =>
    slice(x, {
      start: x.shape.map((_, i) => i === axis ? phase : 0),
      end: x.shape,
      steps: x.shape.map((_, i) => i === axis ? count : 1),
    }));
}
