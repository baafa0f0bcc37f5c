import { mapZyx, splineCoefficients, zoomAlong, type Zyx } from "@/core/mod.ts";

/** A smooth motion of a patch: what decides where each voxel is read (AUG-6). */
export interface FieldParameters {
  /** Extent of the patch. */
  readonly shapeVox: Zyx;
  /** Control points along each axis. */
  readonly points: Zyx;
  /** Their offsets along z, y, x in array order; null where nothing moves. */
  readonly offsetsVox: readonly [Offsets, Offsets, Offsets];
  /** Turn in the plane about the middle of the patch, in radians. */
  readonly angle: number;
}

/** Offsets of the control points along one axis. */
export type Offsets = readonly number[] | null;

/** Where the voxels of a row are read, in voxels of the patch. */
export interface PlaceRow {
  /** Along z. */
  readonly z: Float64Array;
  /** Along y. */
  readonly y: Float64Array;
  /** Along x. */
  readonly x: Float64Array;
}

/** Fills the places of row `y` of section `z`, all displaced by the same. */
export type FillRow = (
  row: PlaceRow,
  z: number,
  y: number,
  displacedVox: Zyx,
) => void;

/**
 * Makes the function that fills the places of a row of the patch: identity, plus the turn (AUG-6c), plus a cubic spline through the offsets of the control
 * points, which lie from the first voxel to the last (AUG-6b). With `subsample`
 * above 1 the spline is evaluated at that share of the voxels along each axis,
 * and straight lines connect them (AUG-6e).
 */
export function openField(
  { shapeVox, points, offsetsVox, angle }: FieldParameters,
  subsample: number,
): FillRow {
  const [, height, width] = shapeVox;
  const middleY = (height - 1) / 2, middleX = (width - 1) / 2;
  const cos = Math.cos(angle), sin = Math.sin(angle);
  const [addZ, addY, addX] = offsetsVox.map((offsets) =>
    openOffsets(offsets, points, shapeVox, subsample)
  );
  return (row, z, y, [dz, dy, dx]) => {
    const startY = middleY + cos * (y - middleY) - sin * middleX + dy;
    const startX = middleX - sin * (y - middleY) - cos * middleX + dx;
    row.z.fill(z + dz);
    for (let x = 0; x < width; x++) {
      row.y[x] = startY + sin * x;
      row.x[x] = startX + cos * x;
    }
    const line = z * height + y;
    addZ?.(line, row.z);
    addY?.(line, row.y);
    addX?.(line, row.x);
  };
}

/** The offsets along one axis as a function that adds those of a row. */
function openOffsets(
  offsets: Offsets,
  points: Zyx,
  shapeVox: Zyx,
  subsample: number,
): ((line: number, row: Float64Array) => void) | null {
  if (offsets === null) return null;
  const fewer = mapZyx((axis) =>
    Math.max(1, Math.floor(shapeVox[axis] / subsample))
  );
  let values = splineCoefficients(offsets, points);
  let shape = points;
  for (const axis of [0, 1] as const) { // to [D, H, points]
    for (
      const { toVox, order } of [
        { toVox: fewer[axis], order: 3 },
        { toVox: shapeVox[axis], order: 1 },
      ] as const
    ) {
      if (order === 1 && toVox === shape[axis]) continue;
      values = zoomAlong(values, shape, { axis, toVox, order });
      shape = shape.with(axis, toVox) as unknown as Zyx;
    }
  }
  const count = points[2];
  const few = new Float64Array(fewer[2]);
  const addCubic = cubicAdder(count, fewer[2]);
  if (fewer[2] === shapeVox[2]) {
    return (line, row) => addCubic(values, line * count, row);
  }
  const addLinear = linearAdder(fewer[2], shapeVox[2]);
  return (line, row) => {
    few.fill(0);
    addCubic(values, line * count, few);
    addLinear(few, row);
  };
}

/**
 * Adds a cubic spline through `count` coefficients at as many places as a row
 * has, piece by piece as polynomials.
 */
function cubicAdder(count: number, places: number) {
  const scale = places > 1 ? (count - 1) / (places - 1) : 0;
  const pieces = Math.max(1, count - 1);
  const ends = Array.from(
    { length: pieces },
    (_, piece) =>
      piece === pieces - 1 ? places : Math.ceil((piece + 1) / scale),
  );
  return (coefficients: Float64Array, at: number, row: Float64Array): void => {
    const c = (i: number) =>
      coefficients[
        at + (count === 1 ? 0 : i < 0 ? 1 : i < count ? i : count - 2)
      ]!;
    for (let piece = 0, x = 0; piece < pieces; piece++) {
      const p = c(piece - 1), q = c(piece), r = c(piece + 1), s = c(piece + 2);
      const c0 = (p + 4 * q + r) / 6, c1 = (r - p) / 2;
      const c2 = (p - 2 * q + r) / 2, c3 = (s - p + 3 * (q - r)) / 6;
      for (const end = ends[piece]!; x < end; x++) {
        const t = x * scale - piece;
        row[x]! += c0 + t * (c1 + t * (c2 + t * c3));
      }
    }
  };
}

/** Adds straight lines through `count` values at `places` places. */
function linearAdder(count: number, places: number) {
  const scale = places > 1 ? (count - 1) / (places - 1) : 0;
  const ends = Array.from(
    { length: Math.max(1, count - 1) },
    (_, piece) => piece >= count - 2 ? places : Math.ceil((piece + 1) / scale),
  );
  return (values: Float64Array, row: Float64Array): void => {
    for (let piece = 0, x = 0; piece < ends.length; piece++) {
      const start = values[piece]!;
      const rise = values[Math.min(piece + 1, count - 1)]! - start;
      for (const end = ends[piece]!; x < end; x++) {
        row[x]! += start + (x * scale - piece) * rise;
      }
    }
  };
}
