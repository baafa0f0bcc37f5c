import { dataTypes } from "../../vocabulary/types.ts";
import { add, compare, convert, multiply, select } from "../emit/arithmetic.ts";
import { iota } from "../emit/iota.ts";
import {
  along,
  concatenate,
  reshape,
  slice,
  sliceAlong,
} from "../emit/shape.ts";
import type { HloValue } from "../value.ts";

/** By how much rows and columns become more. */
export type Factors = readonly [rows: number, columns: number];

/** The axes of images `[N, H, W, C]` that are enlarged. */
const axes = [1, 2] as const;

/**
 * Linear interpolation of images `[N, H, W, C]`, centres aligned, ends repeated:
 * each of the places that a voxel becomes is a blend of it and its nearer
 * neighbours, in 32 bits.
 *
 * The image is mirrored beyond its ends first, so that neighbours are slices of
 * it, and each place asks where it is: a compiler makes one loop of all that.
 */
export function enlarge(x: HloValue, factors: Factors): HloValue {
  const [n, h, w, c] = x.shape, [fh, fw] = factors;
  const shape = [n!, h!, fh, w!, fw, c!];
  const wide = mirrored(x, factors.map((factor) => factor > 1 ? 1 : 0));
  const voxel = (dy: number, dx: number) => {
    const start = [0, fh > 1 ? 1 + dy : 0, fw > 1 ? 1 + dx : 0, 0];
    const part = slice(wide, {
      start,
      end: x.shape.map((v, i) => v + start[i]!),
    });
    const spread = along(part, { shape, axes: [0, 1, 3, 5] });
    return convert(spread, dataTypes.TF_FLOAT);
  };
  const row = (dx: number) =>
    blended([-1, 0, 1].map((dy) => () => voxel(dy, dx)), {
      factor: fh,
      place: 2,
    });
  const all = blended([-1, 0, 1].map((dx) => () => row(dx)), {
    factor: fw,
    place: 4,
  });
  return convert(reshape(all, [n!, h! * fh, w! * fw, c!]), x.dtype);
}

/** The gradient of {@linkcode enlarge}, likewise. */
export function gatherEnlarged(dy: HloValue, factors: Factors): HloValue {
  const [n, h, w, c] = dy.shape, [fh, fw] = factors;
  const shape = [n!, h! / fh, w! / fw, c!];
  const margins = factors.map((factor) => Math.floor(factor / 2));
  const wide = mirrored(dy, margins);
  const terms = tapsOf(fh).flatMap((row) =>
    tapsOf(fw).map((column) => {
      const start = [0, row.at + margins[0]!, column.at + margins[1]!, 0];
      const end = start.map((from, i) => {
        const step = i === 1 ? fh : i === 2 ? fw : 1;
        return from + (shape[i]! - 1) * step + 1;
      });
      const part = slice(wide, { start, end, steps: [1, fh, fw, 1] });
      return multiply(
        convert(part, dataTypes.TF_FLOAT),
        row.share * column.share,
      );
    })
  );
  return convert(terms.reduce((sum, term) => add(sum, term)), dy.dtype);
}

/** The places that a voxel has a share in, from its first one, and the shares. */
function tapsOf(
  factor: number,
): { readonly at: number; readonly share: number }[] {
  const places = offsets(factor);
  const own = places.map((offset, at) => ({ at, share: 1 - Math.abs(offset) }));
  const beyond = places.flatMap((offset, at) => {
    if (offset === 0) return [];
    // Of places before the middle, the voxel after theirs has the other share.
    const from = offset < 0 ? at + factor : at - factor;
    return [{ at: from, share: Math.abs(offset) }];
  });
  return [...own, ...beyond];
}

/** Each place of a voxel as a blend of it and the neighbour it is nearer to. */
function blended(
  [before, own, after]: readonly (() => HloValue)[],
  { factor, place }: { readonly factor: number; readonly place: number },
): HloValue {
  const here = own!();
  if (factor === 1) return here;
  const { lines, shape } = here;
  const at = iota(lines, { shape, dtype: dataTypes.TF_INT32, axis: place });
  const isBefore = compare("LT", [at, Math.floor(factor / 2)]);
  const constant = (values: readonly number[]) =>
    along(
      lines.constant(
        { shape: [factor], dtype: dataTypes.TF_FLOAT },
        Float32Array.from(values),
      ),
      { shape, axes: [place] },
    );
  const shares = offsets(factor).map(Math.abs);
  return add(
    multiply(here, constant(shares.map((share) => 1 - share))),
    multiply(select(isBefore, [before!(), after!()]), constant(shares)),
  );
}

/** How far the centre of each place that a voxel becomes is from its own. */
function offsets(factor: number): number[] {
  return Array.from(
    { length: factor },
    (_, place) => (place + 0.5) / factor - 0.5,
  );
}

/** Images that go on beyond their ends as in a mirror, the outermost voxel first. */
function mirrored(x: HloValue, margins: readonly number[]): HloValue {
  return axes.reduce((image, axis, i) => {
    const extent = image.shape[axis]!, margin = margins[i]!;
    const at = (start: number) =>
      sliceAlong(image, { axis, start, end: start + 1 });
    const places = Array.from({ length: margin }, (_, k) => k);
    return margin === 0 ? image : concatenate([
      ...places.toReversed().map((k) => at(Math.min(k, extent - 1))),
      image,
      ...places.map((k) => at(Math.max(extent - 1 - k, 0))),
    ], axis);
  }, x);
}
