import {
  type Bend,
  type PlaceArrays,
  type Ramp,
  sectionPlaces,
  splineCoefficients,
  type Taps,
  zoomAlong,
  type Zyx,
} from "@/core/mod.ts";

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

/** Fills in where the voxels of section `z` are read, all displaced alike. */
export type FillPlaces = (
  to: PlaceArrays,
  z: number,
  displacedVox: Zyx,
) => void;

/**
 * Makes the function that fills in the places of a section of the patch: identity,
 * plus the turn (AUG-6c), plus a cubic spline through the offsets of the control
 * points, which lie from the first voxel to the last (AUG-6b). With `subsample`
 * above 1 the spline is evaluated at that share of the voxels along each axis,
 * and straight lines connect them (AUG-6e).
 */
export function openField(
  { shapeVox, points, offsetsVox, angle }: FieldParameters,
  subsample: number,
): FillPlaces {
  const [, height, width] = shapeVox;
  const cos = Math.cos(angle), sin = Math.sin(angle);
  const middleY = (height - 1) / 2, middleX = (width - 1) / 2;
  const startY = middleY - cos * middleY - sin * middleX;
  const startX = middleX + sin * middleY - cos * middleX;
  const along = (axis: 0 | 1 | 2) =>
    sharesOf(points[axis], shapeVox[axis], subsample);
  const shares = [along(0), along(1), along(2)] as const;
  const bends = offsetsVox.map((offsets) =>
    offsets && openBend(offsets, points, shares)
  );
  const fill = (to: Float64Array, axis: 0 | 1 | 2, z: number, ramp: Ramp) =>
    sectionPlaces([height, width], ramp, { to, bend: bends[axis]?.(z) });
  return (to, z, [dz, dy, dx]) => {
    fill(to.z, 0, z, { start: z + dz, down: 0, right: 0 });
    fill(to.y, 1, z, { start: startY + dy, down: cos, right: sin });
    fill(to.x, 2, z, { start: startX + dx, down: -sin, right: cos });
  };
}

/**
 * What the spline adds to the places of a section along one axis: a row for each
 * line of control points along x, and how much each counts at each y.
 */
function openBend(
  offsets: readonly number[],
  points: Zyx,
  [alongZ, alongY, alongX]: readonly [Shares, Shares, Shares],
): (z: number) => Bend {
  const flat = { start: 0, down: 0, right: 0 };
  const [depth, height, width] = points;
  const combined = (lines: number, rows: Float64Array, taps: Taps) =>
    sectionPlaces([lines, alongX.voxels], flat, { bend: { rows, taps } });
  const rows = combined(depth * height, alongX.byPoint, {
    count: width,
    index: Int32Array.from(offsets, (_, i) => i % width),
    weight: splineCoefficients(offsets, points),
  });
  const taps = tapsOf(alongY);
  const index = Int32Array.from( // [height, depth]
    { length: height * depth },
    (_, i) => i % depth * height + Math.floor(i / depth),
  );
  return (z) => {
    const weight = Float64Array.from(
      index,
      (_, i) => alongZ.byVoxel[z * depth + i % depth]!,
    );
    return {
      rows: combined(height, rows, { count: depth, index, weight }),
      taps,
    };
  };
}

/** How much each control point along an axis counts at each voxel. */
interface Shares {
  readonly points: number;
  readonly voxels: number;
  /** `[voxels, points]`. */
  readonly byVoxel: Float64Array;
  /** `[points, voxels]`. */
  readonly byPoint: Float64Array;
}

/** The shares of cubic splines, joined by straight lines where subsampled. */
function sharesOf(points: number, voxels: number, subsample: number): Shares {
  const few = Math.max(1, Math.floor(voxels / subsample));
  const each = Float64Array.from(
    { length: points * points },
    (_, i) => i % (points + 1) === 0 ? 1 : 0,
  );
  let byPoint = zoomAlong(each, [1, points, points], {
    axis: 2,
    toVox: few,
    order: 3,
  });
  if (few !== voxels) {
    byPoint = zoomAlong(byPoint, [1, points, few], {
      axis: 2,
      toVox: voxels,
      order: 1,
    });
  }
  const byVoxel = byPoint.map((_, i) =>
    byPoint[i % points * voxels + Math.floor(i / points)]!
  );
  return { points, voxels, byVoxel, byPoint };
}

/** The same without the control points that count nowhere near. */
function tapsOf({ points, voxels, byVoxel }: Shares): Taps {
  const isAny = (line: number, k: number) => byVoxel[line * points + k] !== 0;
  const firsts: number[] = [];
  let count = 0;
  for (let line = 0; line < voxels; line++) {
    let first = 0, last = points - 1;
    while (!isAny(line, first)) first++;
    while (!isAny(line, last)) last--;
    firsts.push(first);
    count = Math.max(count, last - first + 1);
  }
  const index = Int32Array.from(
    { length: voxels * count },
    (_, i) =>
      Math.min(firsts[Math.floor(i / count)]!, points - count) + i % count,
  );
  const weight = Float64Array.from(
    index,
    (k, i) => byVoxel[Math.floor(i / count) * points + k]!,
  );
  return { count, index, weight };
}
