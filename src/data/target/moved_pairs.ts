import {
  mapZyx,
  type PartnerPlace,
  type Sample,
  type TracedPartners,
  type Zyx,
} from "@/core/mod.ts";

/** A sample that partners can be found in again. */
type TracedSample = Pick<Sample, "shapeVox"> & {
  readonly partners: TracedPartners;
};

/**
 * The partners near a sample where augmentation has put them, in voxels of it:
 * at the voxel that comes from nearest by, and from there as its neighbours say,
 * so that a site outside of the sample has its place too. Exact where the sample
 * was turned, shifted, stretched or sheared as a whole.
 */
export function movedPairs(sample: TracedSample): readonly PartnerPlace[] {
  const move = (place: Zyx): Zyx => movedPlace(place, sample);
  return sample.partners.pairs.map(({ preVox, postVox }) => ({
    preVox: move(preVox),
    postVox: move(postVox),
  }));
}

function movedPlace(place: Zyx, sample: TracedSample): Zyx {
  const at = nearestVoxel(place, sample);
  const slopes = slopesAt(at, sample);
  const from = fromAt(at, sample);
  const rest = solved(slopes, mapZyx((axis) => place[axis] - from[axis]));
  return rest ? mapZyx((axis) => at[axis] + rest[axis]) : at;
}

/** A first look takes every so many voxels of a section along y and x. */
const lookVox = 4;

/** The voxel that comes from nearest to a place. */
function nearestVoxel(place: Zyx, sample: TracedSample): Zyx {
  const { shapeVox, partners: { from: { z, y, x }, fromNm } } = sample;
  const [depth, height, width] = shapeVox;
  const [zNm, yNm, xNm] = fromNm, [z0, y0, x0] = place;
  let best: Zyx = [0, 0, 0], least = Infinity;
  const look = (first: Zyx, end: Zyx, step: number) => {
    for (let k = first[0]; k < end[0]; k++) {
      for (let j = first[1]; j < end[1]; j += step) {
        const row = (k * height + j) * width;
        for (let i = first[2]; i < end[2]; i += step) {
          const dz = (z[row + i]! - z0) * zNm, dy = (y[row + i]! - y0) * yNm;
          const dx = (x[row + i]! - x0) * xNm;
          const square = dz * dz + dy * dy + dx * dx;
          if (!(square < least)) continue; // NaN comes from nowhere
          least = square;
          best = [k, j, i];
        }
      }
    }
  };
  look([0, 0, 0], [depth, height, width], lookVox);
  const [k, j, i] = best, reach = lookVox;
  look(
    [Math.max(0, k - 1), Math.max(0, j - reach), Math.max(0, i - reach)],
    [
      Math.min(depth, k + 2),
      Math.min(height, j + reach + 1),
      Math.min(width, i + reach + 1),
    ],
    1,
  );
  return best;
}

function fromAt(
  [k, j, i]: Zyx,
  { shapeVox: [, height, width], partners: { from } }: TracedSample,
): Zyx {
  const at = (k * height + j) * width + i;
  return [from.z[at]!, from.y[at]!, from.x[at]!];
}

/** By how much the places change from voxel to voxel, along each axis of the sample. */
function slopesAt(at: Zyx, sample: TracedSample): readonly [Zyx, Zyx, Zyx] {
  const along = (axis: 0 | 1 | 2): Zyx => {
    const moved = (to: number): Zyx => mapZyx((a) => a === axis ? to : at[a]);
    const isKnown = (to: number) =>
      to >= 0 && to < sample.shapeVox[axis] &&
      !Number.isNaN(fromAt(moved(to), sample)[0]);
    const [low, high] = ([-1, 1] as const).map((step) =>
      isKnown(at[axis] + step) ? at[axis] + step : at[axis]
    ) as [number, number];
    if (low === high) return mapZyx((a) => a === axis ? 1 : 0);
    const below = fromAt(moved(low), sample);
    const above = fromAt(moved(high), sample);
    return mapZyx((a) => (above[a] - below[a]) / (high - low));
  };
  return [along(0), along(1), along(2)];
}

/** The shares of three vectors that make up another; null where they are flat. */
function solved([a, b, c]: readonly [Zyx, Zyx, Zyx], sum: Zyx): Zyx | null {
  const bc = cross(b, c), volume = dot(a, bc);
  if (!(Math.abs(volume) > 0.01)) return null;
  return [
    dot(sum, bc) / volume,
    dot(sum, cross(c, a)) / volume,
    dot(sum, cross(a, b)) / volume,
  ];
}

function cross([a, b, c]: Zyx, [d, e, f]: Zyx): Zyx {
  return [b * f - c * e, c * d - a * f, a * e - b * d];
}

function dot(a: Zyx, b: Zyx): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
