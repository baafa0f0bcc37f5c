import {
  type AffineMap,
  gaussianFilter,
  mapped,
  openRng,
  type Rng,
} from "@/core/mod.ts";
import type { Yx } from "../shifts.ts";
import { linearReader } from "../_planes.ts";

/** A section that was torn on purpose, and what it was before. */
export interface MadeCrack {
  readonly shapeVox: Yx;
  /** The torn section, `[H, W]`: black where the gap is. */
  readonly torn: Float32Array;
  /** Its labels, `[H, W]`. */
  readonly labels: Uint8Array;
  /** 1 and 2 on the sides of the gap, 0 in it and where nothing was, `[H, W]`. */
  readonly sides: Uint8Array;
  /** From a place of the first and the second side to where it belongs. */
  readonly maps: readonly [AffineMap, AffineMap];
}

/**
 * Tears a square section along a line: a gap of 5 to 60 voxels, its sides moved
 * by up to 40 voxels, grown by up to 6 % and sheared as much as those of CREMI's
 * A+ were.
 */
export function tear(
  { plane, labels, extentVox: n }: {
    readonly plane: Float32Array;
    readonly labels: Uint8Array;
    readonly extentVox: number;
  },
  rng: Rng,
): MadeCrack {
  const angle = rng.uniform(0, Math.PI), gapVox = rng.uniform(5, 60);
  const normal: Yx = [Math.sin(angle), Math.cos(angle)];
  const off = rng.uniform(-n / 6, n / 6);
  const middle: Yx = [n / 2 + off * normal[0], n / 2 + off * normal[1]];
  const moved = (): AffineMap => {
    const yy = rng.uniform(0.945, 1), xx = rng.uniform(0.945, 1);
    const yx = rng.uniform(0, 0.026), xy = rng.uniform(0, 0.026);
    const [y, x] = middle;
    return {
      y: [yy, yx, y - yy * y - yx * x + rng.uniform(-40, 40)],
      x: [xy, xx, x - xy * y - xx * x + rng.uniform(-40, 40)],
    };
  };
  const maps = [moved(), moved()] as const;
  const torn = new Float32Array(n * n), sides = new Uint8Array(n * n);
  const tornLabels = new Uint8Array(n * n);
  const read = linearReader(plane, [n, n]);
  for (let y = 0, i = 0; y < n; y++) {
    for (let x = 0; x < n; x++, i++) {
      const away = (y - middle[0]) * normal[0] + (x - middle[1]) * normal[1];
      if (Math.abs(away) < gapVox / 2) continue;
      const [fromY, fromX] = mapped(maps[away < 0 ? 0 : 1], [y, x]);
      if (!(fromY >= 0 && fromX >= 0 && fromY <= n - 1 && fromX <= n - 1)) {
        continue;
      }
      sides[i] = away < 0 ? 1 : 2;
      torn[i] = read(fromY, fromX);
      tornLabels[i] = labels[Math.round(fromY) * n + Math.round(fromX)]!;
    }
  }
  return { shapeVox: [n, n], torn, labels: tornLabels, sides, maps };
}

/** Bright tissue with dark lines and blobs, the blobs labelled. */
export function madeTissue(
  n: number,
): { plane: Float32Array; labels: Uint8Array; extentVox: number } {
  const rng = openRng(11).at("tissue");
  const noise = Float32Array.from({ length: n * n }, () => rng.uniform(-1, 1));
  const coarse = gaussianFilter(noise, [1, n, n], [0, 9, 9]);
  const fine = gaussianFilter(noise, [1, n, n], [0, 3, 3]);
  const labels = Uint8Array.from(fine, (value) => value < -0.14 ? 1 : 0);
  const plane = coarse.map((value, i) =>
    Math.abs(value) < 0.003 ? 0.15 : labels[i] ? 0.1 : 0.65 + 0.8 * fine[i]!
  );
  return { plane, labels, extentVox: n };
}

/** Pearson's correlation of two planes. */
export function correlation(a: Float32Array, b: Float32Array): number {
  const mean = (values: Float32Array) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const ma = mean(a), mb = mean(b);
  let ab = 0, aa = 0, bb = 0;
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - ma) * (b[i]! - mb);
    aa += (a[i]! - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Twice the voxels that two masks share, of all they have. */
export function diceOf(a: Uint8Array, b: Uint8Array): number {
  let both = 0, all = 0;
  for (let i = 0; i < a.length; i++) {
    both += a[i]! & b[i]!;
    all += a[i]! + b[i]!;
  }
  return 2 * both / all;
}
