import {
  ExperimentError,
  mirrored,
  type Rng,
  setCubicWeights,
  splineCoefficients,
} from "@/core/mod.ts";
import { linePixels, type Pixel } from "./_line.ts";

/**
 * A fold of a section (AUG-9): a straight line from border to border towards
 * which both sides move, and a band along it that hides what is there. Pixels are
 * counted from the first one of the patch; the ends of the line lie on the border
 * of the section with `strengthVox` of context around it.
 */
export interface Fold {
  /** Where the line begins: in the first row or in the first column. */
  readonly fromVox: Pixel;
  /** Where it ends: in the last row or in the last column. */
  readonly toVox: Pixel;
  /** How far each side moves towards the line. */
  readonly strengthVox: number;
  /** How often the line is dilated by a cross: half the width of the band. */
  readonly iterations: number;
}

/** How folds are drawn. */
export interface FoldOptions {
  /** How far each side moves towards the line, in voxels. */
  readonly deformationStrength: number;
  /** How often the line is dilated by a cross. */
  readonly iterations: number;
}

/** Fewer voxels across, context included, leave no room for the ends of a line. */
const fewestVox = 4;

/** Why sections of this size cannot be folded, as one sentence; else nothing. */
export function foldFault(
  [height, width]: Pixel,
  { deformationStrength }: FoldOptions,
): string | undefined {
  const least = Math.max(1, fewestVox - 2 * deformationStrength);
  if (Math.min(height, width) >= least) return undefined;
  return `sections of ${height} x ${width} voxels are too small to fold, ` +
    `make them ${least} x ${least} or larger`;
}

/** Draws a fold for a section of `height` by `width` (AUG-9). */
export function drawFold(
  [height, width]: Pixel,
  { deformationStrength: strengthVox, iterations }: FoldOptions,
  rng: Rng,
): Fold {
  const isUpright = rng.uniform(0, 1) < 0.5;
  const free = isUpright ? width : height, fixed = isUpright ? height : width;
  const end = () => 1 + rng.integer(free + 2 * strengthVox - 3) - strengthVox;
  const [first, last] = [-strengthVox, fixed - 1 + strengthVox];
  const [from, to] = [end(), end()];
  return {
    fromVox: isUpright ? [first, from] : [from, first],
    toVox: isUpright ? [last, to] : [to, last],
    strengthVox,
    iterations,
  };
}

/** What a fold does to the rows of a section. */
export interface FoldedRows {
  /** Context the section has on each side. */
  readonly strengthVox: number;
  /** Pixels of a row before this one are read at {@linkcode left}. */
  readonly lineFrom: Int32Array;
  /** Pixels of a row from this one on are read at {@linkcode right}. */
  readonly lineTo: Int32Array;
  /** The first pixel of the band in each row. */
  readonly bandFrom: Int32Array;
  /** The first pixel after it. */
  readonly bandTo: Int32Array;
  /** Added to the places left of the line. */
  readonly left: Pixel;
  /** Added to the places right of the line. */
  readonly right: Pixel;
}

/**
 * Works out what a fold does to each row of a section of `height` by `width`.
 *
 * @throws {ExperimentError} If the line does not run from border to border.
 */
export function foldRows([height, width]: Pixel, fold: Fold): FoldedRows {
  const { strengthVox, iterations } = fold;
  const rows = height + 2 * strengthVox, columns = width + 2 * strengthVox;
  const inContext = ([y, x]: Pixel): Pixel => [
    y + strengthVox,
    x + strengthVox,
  ];
  const from = inContext(fold.fromVox), to = inContext(fold.toVox);
  const isUpright = from[0] === 0 && to[0] === rows - 1 &&
    isBetween(from[1], columns) && isBetween(to[1], columns);
  const isFlat = from[1] === 0 && to[1] === columns - 1 &&
    isBetween(from[0], rows) && isBetween(to[0], rows);
  if (!isUpright && !isFlat) throw notAcross(fold, [height, width]);

  const first = new Int32Array(rows).fill(columns); // of the line in each row
  const last = new Int32Array(rows).fill(-1);
  for (const [y, x] of linePixels(from, to)) {
    first[y] = Math.min(first[y]!, x);
    last[y] = Math.max(last[y]!, x);
  }
  // float32, as numpy divides them
  const rise = to[0] - from[0], run = to[1] - from[1];
  const length = Math.fround(Math.hypot(rise, run));
  const normal: Pixel = [
    Math.fround(-run / length),
    Math.fround(rise / length),
  ];
  const moved = (by: number): Pixel => [
    Math.fround(by * normal[0]),
    Math.fround(by * normal[1]),
  ];
  // Left of an upright line and below a flat one it goes against the normal.
  const leftSign = isUpright || rise > 0 ? -1 : 1;
  const result = {
    strengthVox,
    lineFrom: new Int32Array(height),
    lineTo: new Int32Array(height),
    bandFrom: new Int32Array(height),
    bandTo: new Int32Array(height),
    left: moved(leftSign * strengthVox),
    right: moved(-leftSign * strengthVox),
  };
  const column = (x: number) => Math.min(Math.max(x - strengthVox, 0), width);
  for (let row = 0; row < height; row++) {
    const y = row + strengthVox;
    if (last[y]! >= 0) {
      result.lineFrom[row] = column(first[y]!);
      result.lineTo[row] = column(last[y]! + 1);
    } else {
      // Above a flat line, or below it: one side alone.
      const isLeft = (y < Math.min(from[0], to[0])) === (leftSign > 0);
      result.lineFrom[row] = result.lineTo[row] = isLeft ? width : 0;
    }
    let low = columns, high = 0;
    const nearest = Math.max(0, y - iterations);
    for (let r = nearest; r <= Math.min(rows - 1, y + iterations); r++) {
      if (last[r]! < 0) continue;
      const reach = iterations - Math.abs(r - y);
      low = Math.min(low, first[r]! - reach);
      high = Math.max(high, last[r]! + 1 + reach);
    }
    result.bandFrom[row] = column(low);
    result.bandTo[row] = Math.max(column(low), column(high));
  }
  return result;
}

function isBetween(end: number, extent: number): boolean {
  return Number.isInteger(end) && end >= 1 && end <= extent - 2;
}

function notAcross(
  { fromVox, toVox, strengthVox }: Fold,
  [height, width]: Pixel,
): ExperimentError {
  const context = strengthVox === 0 ? "" : ` and ${strengthVox} around them`;
  return new ExperimentError(
    `Cannot fold a section of ${height} x ${width} voxels${context} along ` +
      `the line from ${fromVox.join(", ")} to ${toVox.join(", ")}`,
    {
      where: "fromVox, toVox",
      fix: "Let it run from the first row to the last, or from the first " +
        "column to the last, beside the corners",
    },
  );
}

/**
 * Reads a section with context, `[height + 2 strengthVox, width + 2 strengthVox]`,
 * into one without, moved towards the line by cubic splines and clipped to 0 and 1
 * (`scipy.ndimage.map_coordinates`, order 3).
 */
export function moveGrey(
  section: Float32Array,
  { shape: [height, width], fold, to }: {
    readonly shape: Pixel;
    readonly fold: FoldedRows;
    readonly to: Float32Array;
  },
): void {
  const { strengthVox: context, lineFrom, lineTo } = fold;
  const rows = height + 2 * context, columns = width + 2 * context;
  if (context === 0) {
    for (let i = 0; i < to.length; i++) to[i] = clipped(section[i]!);
    return;
  }
  const spline = splineCoefficients(section, [1, rows, columns]);
  const onLeft = shiftedReader(spline, [rows, columns], fold.left);
  const onRight = shiftedReader(spline, [rows, columns], fold.right);
  for (let y = 0; y < height; y++) {
    const row = to.subarray(y * width, (y + 1) * width);
    onLeft(y + context, context, row.subarray(0, lineFrom[y]));
    const hidden = (y + context) * columns + context + lineFrom[y]!;
    for (let x = lineFrom[y]!, from = hidden; x < lineTo[y]!; x++) {
      row[x] = clipped(section[from++]!);
    }
    onRight(y + context, context + lineTo[y]!, row.subarray(lineTo[y]));
  }
}

/** Reads pixels from one on, displaced by the same. */
type ReadShifted = (y: number, x: number, to: Float32Array) => void;

function shiftedReader(
  spline: Float64Array,
  [rows, columns]: Pixel,
  [shiftY, shiftX]: Pixel,
): ReadShifted {
  const wholeY = Math.floor(shiftY), wholeX = Math.floor(shiftX);
  const onY = new Float64Array(4), onX = new Float64Array(4);
  setCubicWeights(shiftY - wholeY, onY);
  setCubicWeights(shiftX - wholeX, onX);
  const line = new Float64Array(columns + 3); // a row between rows, mirrored
  return (y, x, to) => {
    if (to.length === 0) return;
    const rowAt = (k: number) => mirrored(y + wholeY + k, rows) * columns;
    const a = rowAt(-1), b = rowAt(0), c = rowAt(1), d = rowAt(2);
    const wa = onY[0]!, wb = onY[1]!, wc = onY[2]!, wd = onY[3]!;
    const start = x + wholeX - 1;
    for (let i = 0; i < to.length + 3; i++) {
      const at = start + i;
      const column = at >= 0 && at < columns ? at : mirrored(at, columns);
      line[i] = wa * spline[a + column]! + wb * spline[b + column]! +
        wc * spline[c + column]! + wd * spline[d + column]!;
    }
    const w0 = onX[0]!, w1 = onX[1]!, w2 = onX[2]!, w3 = onX[3]!;
    for (let i = 0; i < to.length; i++) {
      to[i] = clipped(
        w0 * line[i]! + w1 * line[i + 1]! + w2 * line[i + 2]! +
          w3 * line[i + 3]!,
      );
    }
  };
}

function clipped(grey: number): number {
  return grey < 0 ? 0 : grey > 1 ? 1 : grey;
}

/** The same for labels, and what goes with them, each from the nearest voxel. */
export function moveLabels<T extends Uint8Array | Float32Array>(
  section: T,
  {
    shape: [height, width],
    fold: { strengthVox: context, lineFrom, lineTo, left, right },
    to,
  }: {
    readonly shape: Pixel;
    readonly fold: FoldedRows;
    readonly to: T;
  },
): void {
  const columns = width + 2 * context;
  const copy = (y: number, x0: number, x1: number, [dy, dx]: Pixel) => {
    if (x0 >= x1) return;
    // A half is rounded up, wherever the pixel lies.
    const from = (y + context + Math.floor(dy + 0.5)) * columns + context +
      Math.floor(dx + 0.5);
    to.set(section.subarray(from + x0, from + x1) as never, y * width + x0);
  };
  for (let y = 0; y < height; y++) {
    copy(y, 0, lineFrom[y]!, left);
    copy(y, lineFrom[y]!, lineTo[y]!, [0, 0]);
    copy(y, lineTo[y]!, width, right);
  }
}

/** Fills the band along the line. */
export function fillBand(
  section: Float32Array | Uint8Array,
  { rows: { bandFrom, bandTo }, value }: {
    readonly rows: FoldedRows;
    readonly value: number;
  },
): void {
  const width = section.length / bandFrom.length;
  for (let y = 0; y < bandFrom.length; y++) {
    section.fill(value, y * width + bandFrom[y]!, y * width + bandTo[y]!);
  }
}
