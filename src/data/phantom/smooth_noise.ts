import type { Rng, Zyx } from "@/core/mod.ts";

/**
 * Smooth random numbers in space, mean 0 and variance about 1: a lattice of
 * independent numbers under a cubic B-spline. Coordinates are nanometres; beyond
 * the extent the outermost value goes on.
 */
export class SmoothNoise {
  readonly #lattice: Float32Array; // [z, y, x] of lattice points
  readonly #counts: Zyx;
  readonly #spacingNm: Zyx;

  /** Draws the lattice for an extent, with about one feature a spacing. */
  constructor(extentNm: Zyx, spacingNm: Zyx, rng: Rng) {
    this.#spacingNm = spacingNm;
    const along = (axis: 0 | 1 | 2) =>
      Math.ceil(extentNm[axis] / spacingNm[axis]) + 4;
    this.#counts = [along(0), along(1), along(2)];
    const [z, y, x] = this.#counts;
    // √3 for unit variance of a uniform number, 3 for what the spline averages away.
    const range = 3 * Math.sqrt(3);
    this.#lattice = Float32Array.from(
      { length: z * y * x },
      () => rng.uniform(-range, range),
    );
  }

  /** The values on a plane, `[H, W]`: its first place, step and extent, y before x. */
  plane(
    zNm: number,
    startNm: readonly [number, number],
    stepNm: readonly [number, number],
    [height, width]: readonly [number, number],
  ): Float32Array {
    const [depth, rows, columns] = this.#counts;
    const [, spacingY, spacingX] = this.#spacingNm;
    const z = taps(zNm / this.#spacingNm[0], 0, 1, depth);
    const y = taps(startNm[0] / spacingY, stepNm[0] / spacingY, height, rows);
    const x = taps(startNm[1] / spacingX, stepNm[1] / spacingX, width, columns);
    const section = combine(this.#lattice, z, 0, rows * columns);
    const result = new Float32Array(height * width);
    for (let row = 0; row < height; row++) {
      const line = combine(section, y, row, columns); // [columns]
      const { first, weight } = x;
      for (let k = 0, to = row * width; k < width; k++, to++) {
        const at = first[k]!, w = 4 * k;
        result[to] = weight[w]! * line[at]! + weight[w + 1]! * line[at + 1]! +
          weight[w + 2]! * line[at + 2]! + weight[w + 3]! * line[at + 3]!;
      }
    }
    return result;
  }
}

/**
 * Smooth random numbers along a line, mean 0 and variance about 1: a cubic
 * B-spline over independent numbers, one about every `spacingNm`.
 */
export function smoothTrack(
  lengthNm: number,
  spacingNm: number,
  rng: Rng,
): (placeNm: number) => number {
  const range = Math.sqrt(3 * 2.1); // 2.1 for what the spline averages away
  const knots = Float32Array.from(
    { length: Math.ceil(lengthNm / spacingNm) + 4 },
    () => rng.uniform(-range, range),
  );
  return (placeNm) => {
    const place = heldWithin(placeNm / spacingNm, knots.length);
    const at = Math.floor(place), t = place - at, u = 1 - t;
    return Math.fround(
      outer(u) * knots[at]! + inner(t) * knots[at + 1]! +
        inner(u) * knots[at + 2]! + outer(t) * knots[at + 3]!,
    );
  };
}

/** A place that has two points of a lattice before it and two behind. */
function heldWithin(place: number, points: number): number {
  return Math.min(Math.max(place, 0), points - 3.000001);
}

/** The weight of a spline's first point, or its last, seen from the other side. */
function outer(t: number): number {
  return t * t * t / 6;
}

/** The weight of its second point, or its third, seen from the other side. */
function inner(t: number): number {
  return (3 * t * t * t - 6 * t * t + 4) / 6;
}

/** For each of some places on a lattice: its first point of four, and their weights. */
interface Taps {
  readonly first: Int32Array;
  readonly weight: Float64Array; // 4 a place
}

/** The taps of places `start + k × step`, held within a lattice of `points`. */
function taps(
  start: number,
  step: number,
  count: number,
  points: number,
): Taps {
  const first = new Int32Array(count), weight = new Float64Array(4 * count);
  for (let k = 0; k < count; k++) {
    const place = heldWithin(start + k * step, points);
    const point = Math.floor(place), t = place - point, u = 1 - t;
    first[k] = point;
    weight[4 * k] = outer(u);
    weight[4 * k + 1] = inner(t);
    weight[4 * k + 2] = inner(u);
    weight[4 * k + 3] = outer(t);
  }
  return { first, weight };
}

/** The weighted sum of four neighbouring runs of `size` numbers. */
function combine(
  numbers: Float32Array,
  { first, weight }: Taps,
  k: number,
  size: number,
): Float32Array {
  const result = new Float32Array(size), from = first[k]! * size;
  const a = weight[4 * k]!, b = weight[4 * k + 1]!;
  const c = weight[4 * k + 2]!, d = weight[4 * k + 3]!;
  for (let i = 0, at = from; i < size; i++, at++) {
    result[i] = a * numbers[at]! + b * numbers[at + size]! +
      c * numbers[at + 2 * size]! + d * numbers[at + 3 * size]!;
  }
  return result;
}
