import type { Cell, Tissue } from "./tissue.ts";

/** The pixels of a section: place of the first, step and extent, y before x. */
export interface PixelGrid {
  /** Place of the first pixel in nanometres. */
  readonly startNm: readonly [number, number];
  /** Extent of a pixel in nanometres. */
  readonly stepNm: readonly [number, number];
  /** Extent in pixels. */
  readonly shape: readonly [number, number];
}

/** Which cells meet where in a section; arrays are `[H, W]`. */
export interface Cut {
  /** The cell at each pixel. */
  readonly cell: Int32Array;
  /** The cell across its nearest boundary. */
  readonly other: Int32Array;
  /** Distance to that boundary in nanometres. */
  readonly distanceNm: Float32Array;
  /** How far the boundary moves sideways for each nanometre of depth. */
  readonly slope: Float32Array;
  /** Where the pixel lies once the tissue's warp is undone, y. */
  readonly yNm: Float32Array;
  /** Where the pixel lies once the tissue's warp is undone, x. */
  readonly xNm: Float32Array;
}

const tile = 8;

/** How much farther apart the warp puts two places, at most. */
const warpStretch = 3;

/** Corners where three cells meet are rounded about this much, and filled. */
const roundNm = 16;

/**
 * Cuts a tissue at a depth. A place belongs to the cell whose rim is nearest
 * (an additively weighted Voronoi diagram in each cell's own metric); distances
 * to the boundary are exact to first order.
 */
export function cutTissue(
  tissue: Tissue,
  { zNm, grid }: { readonly zNm: number; readonly grid: PixelGrid },
): Cut {
  const [height, width] = grid.shape, n = height * width;
  const [yNm, xNm] = tissue.warp(zNm, grid.startNm, grid.stepNm, grid.shape);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      yNm[i] = yNm[i]! + grid.startNm[0] + y * grid.stepNm[0];
      xNm[i] = xNm[i]! + grid.startNm[1] + x * grid.stepNm[1];
    }
  }
  const cut: Cut = {
    yNm,
    xNm,
    cell: new Int32Array(n),
    other: new Int32Array(n),
    distanceNm: new Float32Array(n),
    slope: new Float32Array(n),
  };
  const outlines = tissue.cells.map((cell, index) =>
    outlineOf(cell, zNm, index)
  );
  for (let y0 = 0; y0 < height; y0 += tile) {
    for (let x0 = 0; x0 < width; x0 += tile) {
      const y1 = Math.min(y0 + tile, height), x1 = Math.min(x0 + tile, width);
      const centre = ((y0 + y1) >> 1) * width + ((x0 + x1) >> 1);
      const near = nearest(
        outlines,
        yNm[centre]!,
        xNm[centre]!,
        warpStretch / 2 *
          Math.hypot((y1 - y0) * grid.stepNm[0], (x1 - x0) * grid.stepNm[1]),
      );
      const ellipses = pack(near);
      for (let y = y0; y < y1; y++) {
        for (let x = x0; x < x1; x++) meet(near, ellipses, cut, y * width + x);
      }
    }
  }
  return cut;
}

/** A cell's ellipse at a depth, and how it moves with it. */
interface Outline {
  readonly index: number;
  readonly y: number;
  readonly x: number;
  readonly r: number;
  readonly yy: number;
  readonly yx: number;
  readonly xx: number;
  /** How fast the distance to the rim grows, at most. */
  readonly steepness: number;
  /** Movement of the centre and growth of the radius by nanometre of depth. */
  readonly dy: number;
  readonly dx: number;
  readonly dr: number;
}

function outlineOf(cell: Cell, zNm: number, index: number): Outline {
  const step = 25, here = cell.at(zNm), below = cell.at(zNm + step);
  const [yy, yx, xx] = cell.metric;
  return {
    index,
    y: here.yNm,
    x: here.xNm,
    r: here.radiusNm,
    yy,
    yx,
    xx,
    steepness: Math.sqrt((yy + xx) / 2 + Math.hypot((yy - xx) / 2, yx)),
    dy: (below.yNm - here.yNm) / step,
    dx: (below.xNm - here.xNm) / step,
    dr: (below.radiusNm - here.radiusNm) / step,
  };
}

/** The outlines that can be among the first three within reach of a place. */
function nearest(
  outlines: readonly Outline[],
  yNm: number,
  xNm: number,
  reachNm: number,
): readonly Outline[] {
  // Within reach, a cell's rim is at most `steepness × reach` nearer or farther.
  let first = Infinity, second = Infinity, third = Infinity;
  const lowest = outlines.map((o) => {
    const y = yNm - o.y, x = xNm - o.x;
    const rim = Math.sqrt(o.yy * y * y + 2 * o.yx * y * x + o.xx * x * x) - o.r;
    const most = rim + o.steepness * reachNm;
    if (most < first) [first, second, third] = [most, first, second];
    else if (most < second) [second, third] = [most, second];
    else if (most < third) third = most;
    return rim - o.steepness * reachNm;
  });
  return outlines.filter((_, k) => lowest[k]! <= third);
}

/** Ellipses one after the other: y, x, radius, and the metric's yy, 2 yx, xx. */
function pack(outlines: readonly Outline[]): Float64Array {
  const packed = new Float64Array(6 * outlines.length);
  outlines.forEach(({ y, x, r, yy, yx, xx }, k) =>
    packed.set([y, x, r, yy, 2 * yx, xx], 6 * k)
  );
  return packed;
}

/** Finds the nearest rims at pixel `i` and writes what they say of it. */
function meet(
  near: readonly Outline[],
  ellipses: Float64Array,
  cut: Cut,
  i: number,
): void {
  const yNm = cut.yNm[i]!, xNm = cut.xNm[i]!;
  let ka = 0, kb = 0;
  let first = Infinity, second = Infinity, third = Infinity;
  for (let k = 0, e = 0; e < ellipses.length; k++, e += 6) {
    const y = yNm - ellipses[e]!, x = xNm - ellipses[e + 1]!;
    const f = Math.sqrt(
      ellipses[e + 3]! * y * y + ellipses[e + 4]! * y * x +
        ellipses[e + 5]! * x * x,
    ) - ellipses[e + 2]!;
    if (f < first) {
      third = second;
      second = first;
      kb = ka;
      first = f;
      ka = k;
    } else if (f < second) {
      third = second;
      second = f;
      kb = k;
    } else if (f < third) {
      third = f;
    }
  }
  const a = near[ka]!, b = near[kb]!;
  // h = f_b - f_a is 0 on the boundary; its gradient turns it into a distance.
  const ya = yNm - a.y, xa = xNm - a.x, yb = yNm - b.y, xb = xNm - b.x;
  const qa = first + a.r || 1e-6, qb = second + b.r || 1e-6;
  const gay = (a.yy * ya + a.yx * xa) / qa, gax = (a.yx * ya + a.xx * xa) / qa;
  const gby = (b.yy * yb + b.yx * xb) / qb, gbx = (b.yx * yb + b.xx * xb) / qb;
  const steep = Math.max(Math.hypot(gby - gay, gbx - gax), 0.12);
  const deep = gay * a.dy + gax * a.dx + a.dr -
    (gby * b.dy + gbx * b.dx + b.dr);
  cut.cell[i] = a.index;
  cut.other[i] = b.index;
  const h = third - second > 8 * roundNm ? second - first : second - first -
    roundNm * Math.log1p(Math.exp((second - third) / roundNm));
  cut.distanceNm[i] = Math.max(0, h) / steep;
  cut.slope[i] = Math.abs(deep) / steep;
}
