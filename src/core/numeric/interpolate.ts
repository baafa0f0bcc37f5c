import { mapZyx, sizeOf, type Zyx } from "../volume.ts";
import { mirrored, reflected } from "./_lines.ts";
import { setCubicWeights, splineCoefficients } from "./spline.ts";

/** How an array goes on beyond its border, in scipy's words. */
export type BorderMode = "constant" | "nearest" | "reflect" | "mirror";

/** How to read between voxels. */
export interface InterpolationOptions {
  /** 0 nearest voxel, 1 linear, 3 cubic B-spline. */
  readonly order: 0 | 1 | 3;
  /** How the array goes on beyond its border. */
  readonly mode: BorderMode;
  /** What `constant` gives beyond the first and last voxel; 0 by default. */
  readonly outside?: number;
}

/** The value at a place, in voxels from the first. */
export type ValueAt = (z: number, y: number, x: number) => number;

/** Voxels that scipy adds on each side before a cubic `nearest`. */
const nearestPadding = 12;

/**
 * Reads a `[D, H, W]` array between its voxels as `scipy.ndimage.map_coordinates`
 * does, in float64. Fewer dimensions are leading extents of 1.
 */
export function interpolator(
  array: ArrayLike<number>,
  shapeVox: Zyx,
  { order, mode, outside = 0 }: InterpolationOptions,
): ValueAt {
  const padding = order === 3 && mode === "nearest" ? nearestPadding : 0;
  const shape = mapZyx((axis) =>
    shapeVox[axis] === 1 ? 1 : shapeVox[axis] + 2 * padding
  );
  const pad = mapZyx((axis) => (shape[axis] - shapeVox[axis]) / 2);
  const values = order === 3
    ? splineCoefficients(
      padding === 0 ? array : paddedByEdges(array, shapeVox, shape),
      shape,
      mode === "reflect" || mode === "nearest" ? "reflect" : "mirror",
    )
    : array;
  const [depth, height, width] = shape;
  const onZ = tapper(depth, order, mode);
  const onY = tapper(height, order, mode);
  const onX = tapper(width, order, mode);
  return (z, y, x) => {
    if (
      !onZ.moveTo(z + pad[0]) || !onY.moveTo(y + pad[1]) ||
      !onX.moveTo(x + pad[2])
    ) return outside;
    let sum = 0;
    for (let k = 0; k < onZ.count; k++) {
      for (let j = 0; j < onY.count; j++) {
        const row = (onZ.index[k]! * height + onY.index[j]!) * width;
        const weight = onZ.weight[k]! * onY.weight[j]!;
        for (let i = 0; i < onX.count; i++) {
          sum += weight * onX.weight[i]! * values[row + onX.index[i]!]!;
        }
      }
    }
    return sum;
  };
}

/**
 * Reads a `[D, H, W]` array at many places; the coordinate arrays have one number
 * for each (`scipy.ndimage.map_coordinates`). The result is new.
 */
export function mapCoordinates(
  array: ArrayLike<number>,
  shapeVox: Zyx,
  coordinates: {
    readonly z: ArrayLike<number>;
    readonly y: ArrayLike<number>;
    readonly x: ArrayLike<number>;
  },
  options: InterpolationOptions,
): Float64Array {
  const valueAt = interpolator(array, shapeVox, options);
  const { z, y, x } = coordinates;
  return Float64Array.from(
    { length: z.length },
    (_, i) => valueAt(z[i]!, y[i]!, x[i]!),
  );
}

/** The voxels that count for a place along one axis, and how much. */
interface Taps {
  readonly count: number;
  readonly index: Int32Array;
  readonly weight: Float64Array;
  /** Goes to a place; false if there is nothing but the outside value. */
  moveTo(place: number): boolean;
}

/** Finds the taps along an axis of `length` voxels. */
function tapper(length: number, order: 0 | 1 | 3, mode: BorderMode): Taps {
  const count = length === 1 ? 1 : order + 1;
  const index = new Int32Array(count), weight = new Float64Array(count).fill(1);
  const wrap = mode === "reflect" || mode === "nearest" ? reflected : mirrored;
  return {
    count,
    index,
    weight,
    moveTo(place) {
      const at = insidePlace(place, length, mode);
      if (Number.isNaN(at)) return false;
      if (length === 1) return true;
      if (order === 0) {
        index[0] = wrap(Math.floor(at + 0.5), length);
        return true;
      }
      const first = Math.floor(at), t = at - first;
      if (order === 1) {
        weight[0] = 1 - t;
        weight[1] = t;
      } else {
        setCubicWeights(t, weight);
      }
      for (let k = 0; k < count; k++) {
        index[k] = wrap(first + k - (order === 3 ? 1 : 0), length);
      }
      return true;
    },
  };
}

/** The place inside an axis that stands for any place; NaN is outside. */
function insidePlace(place: number, length: number, mode: BorderMode): number {
  const last = length - 1;
  if (place >= 0 && place <= last) return place;
  if (mode === "constant" || Number.isNaN(place)) return NaN;
  if (mode === "nearest" || length === 1) return place < 0 ? 0 : last;
  // Periods are 2n voxels around -1/2, or 2n - 2 around 0.
  const centre = mode === "reflect" ? 0.5 : 0;
  const period = mode === "reflect" ? 2 * length : 2 * last;
  const shifted = place + centre;
  const within = shifted - period * Math.floor(shifted / period);
  return Math.min(within, period - within) - centre;
}

/** An array with its border voxels repeated outwards to `shape`. */
function paddedByEdges(
  array: ArrayLike<number>,
  shapeVox: Zyx,
  shape: Zyx,
): Float64Array {
  const result = new Float64Array(sizeOf(shape));
  const pad = mapZyx((axis) => (shape[axis] - shapeVox[axis]) / 2);
  const from = (i: number, axis: 0 | 1 | 2) =>
    Math.min(Math.max(i - pad[axis], 0), shapeVox[axis] - 1);
  for (let z = 0, to = 0; z < shape[0]; z++) {
    for (let y = 0; y < shape[1]; y++) {
      const row = (from(z, 0) * shapeVox[1] + from(y, 1)) * shapeVox[2];
      for (let x = 0; x < shape[2]; x++) {
        result[to++] = array[row + from(x, 2)]!;
      }
    }
  }
  return result;
}
