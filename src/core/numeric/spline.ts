import { sizeOf, type Zyx } from "../volume.ts";
import { forEachLine, mirrored } from "./_lines.ts";

/** The only pole of the cubic B-spline inside the unit circle. */
const pole = Math.sqrt(3) - 2;

/** Terms after which a power of the pole is below 1e-20. */
const horizon = 36;

/**
 * The coefficients of the cubic B-splines that pass through the values of a
 * `[D, H, W]` array (`scipy.ndimage.spline_filter`, order 3; Unser 1999). An
 * axis of one voxel is left as it is. The result is new.
 */
export function splineCoefficients(
  array: ArrayLike<number>,
  shapeVox: Zyx,
  border: "mirror" | "reflect" = "mirror",
): Float64Array<ArrayBuffer> {
  const result = Float64Array.from(array); // [D, H, W]
  for (const axis of [0, 1, 2] as const) {
    if (shapeVox[axis] === 1) continue;
    const line = new Float64Array(shapeVox[axis]);
    forEachLine({ shapeVox, axis }, (first, step, length) => {
      for (let i = 0; i < length; i++) line[i] = 6 * result[first + i * step]!;
      if (border === "mirror") startMirrored(line);
      else startReflected(line);
      for (let i = 1; i < length; i++) line[i]! += pole * line[i - 1]!;
      line[length - 1] = border === "mirror"
        ? (pole * line[length - 2]! + line[length - 1]!) * pole /
          (pole * pole - 1)
        : line[length - 1]! * pole / (pole - 1);
      for (let i = length - 2; i >= 0; i--) {
        line[i] = pole * (line[i + 1]! - line[i]!);
      }
      for (let i = 0; i < length; i++) result[first + i * step] = line[i]!;
    });
  }
  return result;
}

/** The first causal coefficient of a line that goes on as scipy's `mirror`. */
function startMirrored(line: Float64Array): void {
  const n = line.length, far = pole ** (n - 1);
  let sum = line[0]! + far * line[n - 1]!, power = pole;
  for (let i = 1; i < n - 1 && i < horizon; i++, power *= pole) {
    sum += power * (line[i]! + far * line[n - 1 - i]!);
  }
  line[0] = sum / (1 - far * far);
}

/** The first causal coefficient of a line that goes on as scipy's `reflect`. */
function startReflected(line: Float64Array): void {
  const n = line.length, far = pole ** n;
  let sum = line[0]! + far * line[n - 1]!, power = pole;
  for (let i = 1; i < n && i < horizon; i++, power *= pole) {
    sum += power * (line[i]! + far * line[n - 1 - i]!);
  }
  line[0] = line[0]! + sum * pole / (1 - far * far);
}

/** Sets the weights of the four coefficients around a place `t` past the second. */
export function setCubicWeights(t: number, weights: Float64Array): void {
  const u = 1 - t;
  weights[0] = u * u * u / 6;
  weights[1] = 2 / 3 - t * t * (2 - t) / 2;
  weights[2] = 2 / 3 - u * u * (2 - u) / 2;
  weights[3] = t * t * t / 6;
}

/**
 * Resamples a `[D, H, W]` array to another shape, first voxel to first and last
 * to last (`scipy.ndimage.zoom`): order 0 from the nearest voxel, 1 linear, 3 by
 * cubic splines. The result is new.
 */
export function zoom(
  array: ArrayLike<number>,
  shapeVox: Zyx,
  toShapeVox: Zyx,
  order: 0 | 1 | 3,
): Float64Array<ArrayBuffer> {
  let values = order === 3
    ? splineCoefficients(array, shapeVox)
    : Float64Array.from(array);
  let shape = shapeVox;
  for (const axis of [0, 1, 2] as const) {
    const toVox = toShapeVox[axis];
    values = zoomAlong(values, shape, { axis, toVox, order });
    shape = shape.with(axis, toVox) as unknown as Zyx;
  }
  return values;
}

/**
 * Resamples a `[D, H, W]` array along one axis to `toVox` voxels, first to first
 * and last to last. Orders 0 and 1 take values, order 3 takes what
 * {@linkcode splineCoefficients} gives. The result is new.
 */
export function zoomAlong(
  from: Float64Array,
  shapeVox: Zyx,
  { axis, toVox, order }: {
    readonly axis: 0 | 1 | 2;
    readonly toVox: number;
    readonly order: 0 | 1 | 3;
  },
): Float64Array<ArrayBuffer> {
  const toShapeVox = shapeVox.with(axis, toVox) as unknown as Zyx;
  const taps = zoomTaps(shapeVox[axis], toVox, order);
  const result = new Float64Array(sizeOf(toShapeVox));
  const starts: number[] = [];
  forEachLine({ shapeVox, axis }, (first) => starts.push(first));
  let line = 0;
  forEachLine({ shapeVox: toShapeVox, axis }, (first, step, length) => {
    const start = starts[line++]!;
    for (let i = 0; i < length; i++) {
      const { index, weight } = taps[i]!;
      let sum = 0;
      for (let k = 0; k < weight.length; k++) {
        sum += weight[k]! * from[start + index[k]! * step]!;
      }
      result[first + i * step] = sum;
    }
  });
  return result;
}

/** For each of `to` places on a line of `from` numbers, which count how much. */
function zoomTaps(
  from: number,
  to: number,
  order: 0 | 1 | 3,
): readonly { readonly index: number[]; readonly weight: Float64Array }[] {
  const step = to === 1 ? 0 : (from - 1) / (to - 1);
  return Array.from({ length: to }, (_, i) => {
    const place = i * step;
    const weight = new Float64Array(order + 1);
    if (order === 0) {
      weight[0] = 1;
      return { index: [Math.floor(place + 0.5)], weight };
    }
    const first = Math.min(Math.floor(place), Math.max(0, from - 2));
    if (order === 3) setCubicWeights(place - first, weight);
    else weight.set([1 - place + first, place - first]);
    const start = order === 3 ? first - 1 : first;
    const index = Array.from(weight, (_, k) => mirrored(start + k, from));
    return { index, weight };
  });
}
