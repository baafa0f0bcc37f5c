import { gaussianFilter, type Zyx } from "@/core/mod.ts";
import type { Yx } from "../shifts.ts";
import { halved, linearReader } from "../_planes.ts";

/** How far each voxel of a plane has to go, `[H, W]` each, in voxels. */
export interface Flow {
  /** Along y. */
  readonly y: Float32Array;
  /** Along x. */
  readonly x: Float32Array;
}

/** Two planes of one extent. */
export interface PlanePair {
  /** `[H, W]`, grey values from 0 to 1. */
  readonly first: Float32Array;
  /** `[H, W]`, grey values from 0 to 1. */
  readonly second: Float32Array;
  /** H and W. */
  readonly shapeVox: Yx;
}

/** How motion is looked for. */
export interface FlowOptions {
  /** Sigma of the window in which motion is taken to be one, in voxels. */
  readonly windowVox: number;
  /** Steps at each resolution. */
  readonly steps: number;
  /** The least extent of the coarsest resolution, in voxels. */
  readonly coarsestVox: number;
}

/** Good for sections of 4 nm voxels that lie within some 50 voxels. */
export const flowDefaults: FlowOptions = {
  windowVox: 5,
  steps: 5,
  coarsestVox: 24,
};

/**
 * The dense motion between two planes as seen from the middle between them: what
 * the middle has at `p` the first has at `p - flow / 2`, the second at
 * `p + flow / 2`. Lucas and Kanade 1981, on a pyramid (Bouguet 2001), with a
 * Gaussian window and both planes warped, so that exchanging them turns the flow
 * around.
 */
export function denseFlow(
  pair: PlanePair,
  options: FlowOptions = flowDefaults,
): Flow {
  const { first, second, shapeVox } = pair;
  const [height, width] = shapeVox;
  const isCoarsest = Math.min(height, width) < 2 * options.coarsestVox;
  let flow: Flow = {
    y: new Float32Array(height * width),
    x: new Float32Array(height * width),
  };
  if (!isCoarsest) {
    const a = halved(first, shapeVox), b = halved(second, shapeVox);
    const coarse = denseFlow(
      { first: a.plane, second: b.plane, shapeVox: a.shapeVox },
      options,
    );
    flow = doubled(coarse, a.shapeVox, shapeVox);
  }
  for (let step = 0; step < options.steps; step++) {
    flow = better(pair, flow, options.windowVox);
  }
  return flow;
}

/** The plane in the middle between two, each moved half of the way. */
export function middleOf(
  { first, second, shapeVox }: PlanePair,
  flow: Flow,
): Float32Array {
  const a = linearReader(first, shapeVox), b = linearReader(second, shapeVox);
  const middle = new Float32Array(first.length); // [H, W]
  for (let y = 0, i = 0; y < shapeVox[0]; y++) {
    for (let x = 0; x < shapeVox[1]; x++, i++) {
      const dy = flow.y[i]! / 2, dx = flow.x[i]! / 2;
      middle[i] = (a(y - dy, x - dx) + b(y + dy, x + dx)) / 2;
    }
  }
  return middle;
}

/** One step of Gauss and Newton at every voxel, the flow smoothed by the window. */
function better(
  { first, second, shapeVox }: PlanePair,
  flow: Flow,
  windowVox: number,
): Flow {
  const [height, width] = shapeVox, n = first.length;
  const a = linearReader(first, shapeVox), b = linearReader(second, shapeVox);
  const mean = new Float32Array(n), change = new Float32Array(n); // [H, W]
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const dy = flow.y[i]! / 2, dx = flow.x[i]! / 2;
      const before = a(y - dy, x - dx), behind = b(y + dy, x + dx);
      mean[i] = (before + behind) / 2;
      change[i] = behind - before;
    }
  }
  const products = Array.from({ length: 5 }, () => new Float32Array(n));
  const [yy, yx, xx, yt, xt] = products as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let y = 0, i = 0; y < height; y++) {
    const up = y > 0 ? -width : 0, down = y < height - 1 ? width : 0;
    for (let x = 0; x < width; x++, i++) {
      const left = x > 0 ? -1 : 0, right = x < width - 1 ? 1 : 0;
      const gy = (mean[i + down]! - mean[i + up]!) / 2;
      const gx = (mean[i + right]! - mean[i + left]!) / 2;
      yy[i] = gy * gy;
      yx[i] = gy * gx;
      xx[i] = gx * gx;
      yt[i] = gy * change[i]!;
      xt[i] = gx * change[i]!;
    }
  }
  const shape: Zyx = [1, height, width], sigma: Zyx = [0, windowVox, windowVox];
  const [syy, syx, sxx, syt, sxt] = products.map((product) =>
    gaussianFilter(product, shape, sigma)
  ) as typeof products;
  const nextY = new Float32Array(n), nextX = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const a = syy![i]! + ridge, c = sxx![i]! + ridge, b = syx![i]!;
    const determinant = a * c - b * b;
    const dy = (b * sxt![i]! - c * syt![i]!) / determinant;
    const dx = (b * syt![i]! - a * sxt![i]!) / determinant;
    nextY[i] = flow.y[i]! + Math.max(-1, Math.min(1, dy));
    nextX[i] = flow.x[i]! + Math.max(-1, Math.min(1, dx));
  }
  const smooth: Zyx = [0, windowVox / 2, windowVox / 2];
  return {
    y: gaussianFilter(nextY, shape, smooth),
    x: gaussianFilter(nextX, shape, smooth),
  };
}

/** Keeps voxels without a gradient where they are. */
const ridge = 1e-6;

/** A flow of a plane of half the extent, brought to the whole. */
function doubled(flow: Flow, from: Yx, to: Yx): Flow {
  const enlarge = (coarse: Float32Array) => {
    const read = linearReader(coarse, from);
    const fine = new Float32Array(to[0] * to[1]); // [H, W]
    for (let y = 0, i = 0; y < to[0]; y++) {
      for (let x = 0; x < to[1]; x++, i++) {
        fine[i] = 2 * read((y - 0.5) / 2, (x - 0.5) / 2);
      }
    }
    return fine;
  };
  return { y: enlarge(flow.y), x: enlarge(flow.x) };
}
