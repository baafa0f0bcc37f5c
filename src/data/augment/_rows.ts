import type { Box, Patch, Zyx } from "@/core/mod.ts";
import type { PlaceRow } from "./_field.ts";

/**
 * For each place of a row the index of the nearest voxel inside the box of a
 * `[D, H, W]` array; -1 for places beyond it, unless they are mirrored into it.
 */
export function findNearest(
  row: PlaceRow,
  { startVox, shapeVox: extent }: Box,
  shapeVox: Zyx,
  { mirrors, index }: { mirrors: boolean; index: Int32Array },
): void {
  const [, height, width] = shapeVox;
  const [front, top, left] = startVox;
  const back = front + extent[0] - 1;
  const bottom = top + extent[1] - 1, right = left + extent[2] - 1;
  for (let i = 0; i < index.length; i++) {
    let z = row.z[i]!, y = row.y[i]!, x = row.x[i]!;
    if (
      !(z >= front && z <= back && y >= top && y <= bottom && x >= left &&
        x <= right)
    ) {
      if (!mirrors) {
        index[i] = -1;
        continue;
      }
      z = mirroredPlace(z, front, back);
      y = mirroredPlace(y, top, bottom);
      x = mirroredPlace(x, left, right);
    }
    index[i] = (((z + 0.5) | 0) * height + ((y + 0.5) | 0)) * width +
      ((x + 0.5) | 0);
  }
}

/**
 * Reads a row by straight lines between voxels. Places beyond the box get
 * `outside`, or are mirrored into it where that is null.
 */
export function readLinear(
  from: Float32Array,
  row: PlaceRow,
  { startVox, shapeVox: extent }: Box,
  shapeVox: Zyx,
  { outside, to }: { outside: number | null; to: Float32Array },
): void {
  const [, height, width] = shapeVox;
  const [front, top, left] = startVox;
  const back = front + extent[0] - 1;
  const bottom = top + extent[1] - 1, right = left + extent[2] - 1;
  for (let i = 0; i < to.length; i++) {
    let z = row.z[i]!, y = row.y[i]!, x = row.x[i]!;
    if (
      !(z >= front && z <= back && y >= top && y <= bottom && x >= left &&
        x <= right)
    ) {
      if (outside !== null) {
        to[i] = outside;
        continue;
      }
      z = mirroredPlace(z, front, back);
      y = mirroredPlace(y, top, bottom);
      x = mirroredPlace(x, left, right);
    }
    const iz = z | 0, iy = y | 0, ix = x | 0;
    const fz = z - iz, fy = y - iy, fx = x - ix;
    const beside = ix < right ? 1 : 0, below = iy < bottom ? width : 0;
    let at = (iz * height + iy) * width + ix;
    let value = between(from, at, beside, below, fy, fx);
    if (fz > 0) { // then there is a section behind
      at += height * width;
      value += fz * (between(from, at, beside, below, fy, fx) - value);
    }
    to[i] = value;
  }
}

/** The value between four voxels of a section. */
function between(
  from: Float32Array,
  at: number,
  beside: number,
  below: number,
  fy: number,
  fx: number,
): number {
  const a = from[at]!, c = from[at + below]!;
  const upper = a + fx * (from[at + beside]! - a);
  const lower = c + fx * (from[at + below + beside]! - c);
  return upper + fy * (lower - upper);
}

/**
 * Reads a row within section `z` where every place has voxels around it: target
 * and mask from the nearest voxel, grey values too or by straight lines between
 * voxels. Writes from index `at` on.
 */
export function readCovered(
  from: Patch,
  z: number,
  row: PlaceRow,
  { to, at, isLinear }: { to: Patch; at: number; isLinear: boolean },
): void {
  const { image, target, mask, shapeVox: [, height, width] } = from;
  const { image: toImage, target: toTarget, mask: toMask } = to;
  const section = z * height * width, ys = row.y, xs = row.x;
  for (let i = 0; i < xs.length; i++) {
    const y = ys[i]!, x = xs[i]!;
    const iy = y | 0, ix = x | 0;
    const fy = y - iy, fx = x - ix;
    const upper = section + iy * width + ix, lower = upper + width;
    const nearest = (fy < 0.5 ? upper : lower) + (fx < 0.5 ? 0 : 1);
    if (isLinear) {
      const a = image[upper]!, c = image[lower]!;
      const above = a + fx * (image[upper + 1]! - a);
      const below = c + fx * (image[lower + 1]! - c);
      toImage[at + i] = above + fy * (below - above);
    } else {
      toImage[at + i] = image[nearest]!;
    }
    toTarget[at + i] = target[nearest]!;
    toMask[at + i] = mask[nearest]!;
  }
}

/** The place between two voxels that scipy's `reflect` puts in place of another. */
export function mirroredPlace(
  place: number,
  first: number,
  last: number,
): number {
  const period = 2 * (last - first + 1);
  const shifted = place - first + 0.5;
  const within = shifted - period * Math.floor(shifted / period);
  const mirrored = first - 0.5 + Math.min(within, period - within);
  return Math.min(Math.max(mirrored, first), last);
}
