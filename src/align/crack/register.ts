import { type AffineMap, mapped } from "@/core/mod.ts";
import type { Yx } from "../shifts.ts";
import { halved, linearReader } from "../_planes.ts";
import { solve } from "../_solve.ts";

/** A part of a section, and what it should come to lie on. */
export interface Registration {
  /** The section, `[H, W]`, grey values from 0 to 1. */
  readonly plane: Float32Array;
  /** 1 where the section has the part, `[H, W]`. */
  readonly mask: Uint8Array;
  /** What it is moved onto, such as the mean of its neighbours, `[H, W]`. */
  readonly onto: Float32Array;
  /** H and W. */
  readonly shapeVox: Yx;
}

/** How a map is looked for. */
export interface RegisterOptions {
  /** The largest shift that is tried at the coarsest resolution, in voxels. */
  readonly farthestVox: number;
  /** The least extent of the coarsest resolution, in voxels. */
  readonly coarsestVox: number;
  /** Steps of Gauss and Newton at each resolution. */
  readonly steps: number;
}

/** Enough for the cracks of CREMI's A+, whose parts lie up to 92 voxels off. */
export const registerDefaults: RegisterOptions = {
  farthestVox: 120,
  coarsestVox: 40,
  steps: 12,
};

/** A map, and how well what it moves suits what is there. */
export interface Registered {
  /** From a place of the section to where it belongs. */
  readonly map: AffineMap;
  /** Correlation of the moved part with what it lies on, at half resolution. */
  readonly correlation: number;
}

/**
 * Finds the affine map that brings a part of a section onto its neighbours: the
 * best shifts of a coarse copy are refined by Gauss and Newton on ever finer
 * ones, comparing grey values whose mean and spread over the part are made equal
 * (techniques A8.6 leaves the tool open).
 */
export function registerPart(
  registration: Registration,
  options: RegisterOptions = registerDefaults,
): Registered {
  const levels = pyramid(registration, options.coarsestVox);
  const coarsest = levels.at(-1)!;
  const farthest = Math.min(
    Math.ceil(options.farthestVox / coarsest.factor),
    Math.floor(Math.min(...coarsest.shapeVox) / 3),
  );
  const candidates = bestShifts(coarsest, farthest);
  let best: Registered = { map: still, correlation: -Infinity };
  for (const start of candidates) {
    const refined = refine(coarsest, start, options.steps);
    if (refined.correlation > best.correlation) best = refined;
  }
  for (const level of levels.slice(0, -1).reverse()) {
    best = refine(level, atFactor(best.map, 2), options.steps);
  }
  return { ...best, map: atFactor(best.map, levels[0]!.factor) };
}

const still: AffineMap = { y: [1, 0, 0], x: [0, 1, 0] };

/** One resolution: what {@linkcode Registration} has, and places of the part. */
interface Level {
  readonly factor: number;
  readonly onto: Float32Array;
  readonly shapeVox: Yx;
  /** Places of the part, and what it has there, of mean 0 and spread 1. */
  readonly ys: Float64Array;
  readonly xs: Float64Array;
  readonly values: Float64Array;
}

/** From half resolution on to the coarsest, finest first. */
function pyramid(
  { plane, mask, onto, shapeVox }: Registration,
  coarsestVox: number,
): Level[] {
  const levels: Level[] = [];
  let part = plane, ground = onto;
  let inside: Float32Array = Float32Array.from(mask);
  let shape = shapeVox;
  for (let factor = 2;; factor *= 2) {
    part = halved(part, shape).plane;
    inside = halved(inside, shape).plane;
    const next = halved(ground, shape);
    ground = next.plane;
    shape = next.shapeVox;
    levels.push(levelOf({ part, inside, ground, shape, factor }));
    if (Math.min(...shape) < 2 * coarsestVox) return levels;
  }
}

/** As many places of a part as its map can be found from. */
const enoughPlaces = 30_000;

function levelOf({ part, inside, ground, shape, factor }: {
  readonly part: Float32Array;
  readonly inside: Float32Array;
  readonly ground: Float32Array;
  readonly shape: Yx;
  readonly factor: number;
}): Level {
  const [height, width] = shape;
  const whole: number[] = [];
  for (let i = 0; i < part.length; i++) if (inside[i]! > 0.999) whole.push(i);
  const stride = Math.max(1, Math.floor(whole.length / enoughPlaces));
  const chosen = whole.filter((_, n) => n % stride === 0);
  const values = Float64Array.from(chosen, (i) => part[i]!);
  standardise(values, null);
  return {
    factor,
    onto: ground,
    shapeVox: [height, width],
    ys: Float64Array.from(chosen, (i) => Math.floor(i / width)),
    xs: Float64Array.from(chosen, (i) => i % width),
    values,
  };
}

/** Makes the mean 0 and the spread 1 of those values that count. */
function standardise(values: Float64Array, counts: Uint8Array | null): number {
  let sum = 0, n = 0;
  for (let i = 0; i < values.length; i++) {
    if (counts && !counts[i]) continue;
    sum += values[i]!;
    n++;
  }
  const mean = sum / n;
  let square = 0;
  for (let i = 0; i < values.length; i++) {
    values[i]! -= mean;
    if (!counts || counts[i]) square += values[i]! ** 2;
  }
  const spread = Math.sqrt(square / n) || 1;
  for (let i = 0; i < values.length; i++) values[i]! /= spread;
  return spread;
}

/** The shifts of a coarse part whose correlation is highest, each a peak. */
function bestShifts(level: Level, farthest: number): AffineMap[] {
  const found: { dy: number; dx: number; correlation: number }[] = [];
  for (let dy = -farthest; dy <= farthest; dy++) {
    for (let dx = -farthest; dx <= farthest; dx++) {
      const map: AffineMap = { y: [1, 0, dy], x: [0, 1, dx] };
      found.push({ dy, dx, correlation: compare(level, map).correlation });
    }
  }
  const peaks: typeof found = [];
  for (const shift of found.sort((a, b) => b.correlation - a.correlation)) {
    const isOwn = peaks.every(({ dy, dx }) =>
      Math.hypot(dy - shift.dy, dx - shift.dx) > 2
    );
    if (isOwn) peaks.push(shift);
    if (peaks.length === 4) break;
  }
  return peaks.map(({ dy, dx }) => ({ y: [1, 0, dy], x: [0, 1, dx] }));
}

/** What lies where a map takes each place of the part, and how like the part it is. */
function compare(level: Level, map: AffineMap): {
  readonly correlation: number;
  readonly seen: Float64Array;
  readonly counts: Uint8Array;
  readonly spread: number;
} {
  const { ys, xs, values, onto, shapeVox: [height, width] } = level;
  const read = linearReader(onto, level.shapeVox);
  const seen = new Float64Array(ys.length), counts = new Uint8Array(ys.length);
  let inside = 0;
  const { y: [yy, yx, dy], x: [xy, xx, dx] } = map;
  for (let i = 0; i < ys.length; i++) {
    // `mapped`, without an array for each place
    const y = yy * ys[i]! + yx * xs[i]! + dy;
    const x = xy * ys[i]! + xx * xs[i]! + dx;
    if (!(y >= 0 && x >= 0 && y <= height - 1 && x <= width - 1)) continue;
    seen[i] = read(y, x);
    counts[i] = 1;
    inside++;
  }
  if (inside < ys.length / 2 || inside === 0) {
    return { correlation: -1, seen, counts, spread: 1 };
  }
  const part = values.slice();
  standardise(part, counts);
  const spread = standardise(seen, counts);
  let product = 0;
  for (let i = 0; i < ys.length; i++) {
    if (counts[i]) product += part[i]! * seen[i]!;
  }
  return { correlation: product / inside, seen, counts, spread };
}

/** Steps of Gauss and Newton, as long as the correlation rises. */
function refine(level: Level, start: AffineMap, steps: number): Registered {
  let map = start, now = compare(level, map);
  for (let step = 0; step < steps; step++) {
    const next = stepFrom(level, map, now);
    if (!next) break;
    const then = compare(level, next);
    if (!(then.correlation > now.correlation + 1e-6)) break;
    map = next;
    now = then;
  }
  return { map, correlation: now.correlation };
}

function stepFrom(
  { ys, xs, values, onto, shapeVox }: Level,
  map: AffineMap,
  { seen, counts, spread }: ReturnType<typeof compare>,
): AffineMap | null {
  const [height, width] = shapeVox;
  const read = linearReader(onto, shapeVox);
  const normal = new Float64Array(36), right = new Float64Array(6);
  const row = new Float64Array(6);
  const scale = Math.max(height, width) / 2; // makes all six of one size
  for (let i = 0; i < ys.length; i++) {
    if (!counts[i]) continue;
    const [y, x] = mapped(map, [ys[i]!, xs[i]!]);
    const gy = (read(y + 1, x) - read(y - 1, x)) / 2 / spread;
    const gx = (read(y, x + 1) - read(y, x - 1)) / 2 / spread;
    const cy = (ys[i]! - height / 2) / scale, cx = (xs[i]! - width / 2) / scale;
    row[0] = gy * cy;
    row[1] = gy * cx;
    row[2] = gy;
    row[3] = gx * cy;
    row[4] = gx * cx;
    row[5] = gx;
    const residual = values[i]! - seen[i]!;
    const weight = Math.abs(residual) < 1 ? 1 : 1 / Math.abs(residual); // Huber
    for (let a = 0; a < 6; a++) {
      right[a]! += weight * row[a]! * residual;
      for (let b = 0; b < 6; b++) {
        normal[6 * a + b]! += weight * row[a]! * row[b]!;
      }
    }
  }
  const change = solve(normal, right);
  if (!change) return null;
  const [yy, yx, dy, xy, xx, dx] = change as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const along = (
    [a, b, c]: readonly [number, number, number],
    [da, db, dc]: readonly [number, number, number],
  ): [number, number, number] => [
    a + da / scale,
    b + db / scale,
    c + dc - (da * height + db * width) / 2 / scale,
  ];
  return {
    y: along(map.y, [yy, yx, dy]),
    x: along(map.x, [xy, xx, dx]),
  };
}

/**
 * A map found between planes of which each voxel is `factor` ones, for those: a
 * coarse voxel's middle lies `(factor - 1) / 2` voxels after its first one's.
 */
function atFactor(
  { y: [yy, yx, dy], x: [xy, xx, dx] }: AffineMap,
  factor: number,
): AffineMap {
  const middle = (factor - 1) / 2;
  return {
    y: [yy, yx, factor * dy + middle * (1 - yy - yx)],
    x: [xy, xx, factor * dx + middle * (1 - xy - xx)],
  };
}
