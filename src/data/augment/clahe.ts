import { count, interval, mirrored, sectionsOf, type Zyx } from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { sectionOptions } from "./_sections.ts";
import { changingSlabs } from "./_slabs.ts";

/** How local contrast is evened out. */
export interface Equalization {
  /** Largest height of a histogram, as a multiple of its mean height. */
  readonly clipLimit: number;
}

/** Grey levels it distinguishes. */
const levels = 256;

/**
 * Evens out local contrast: contrast-limited adaptive histogram equalization
 * (AUG-14; Zuiderveld 1994), in 256 grey levels exactly as OpenCV's
 * `createCLAHE` does. Each section is cut into tiles, the histogram of each gives a
 * curve, and between the middles of the tiles curves are blended.
 */
export const clahe = defineAugmentation({
  name: "clahe",
  summary: "Evens out local contrast by clipped histograms of tiles",
  options: {
    clipLimit: interval(
      [1, 4],
      "range of the largest height of a histogram, as a multiple of the mean",
    ).refine(([low]) => low > 0, "a limit is above 0"),
    tiles: count(8, "tiles along y and along x"),
    ...sectionOptions(),
  },
  create: ({ clipLimit, tiles, ...options }) =>
    changingSlabs<Equalization>(options, {
      draw: (rng) => ({ clipLimit: rng.uniform(...clipLimit) }),
      schema: z.strictObject({ clipLimit: z.number().positive() }),
      apply(values, { shapeVox, change }) {
        for (const section of sectionsOf(values, shapeVox)) {
          equalize(section, shapeVox, { ...change, tiles });
        }
      },
    }),
});

/** Evens out a section, in place. */
function equalize(
  section: Float32Array,
  [, height, width]: Zyx,
  { clipLimit, tiles }: { clipLimit: number; tiles: number },
): void {
  const grey = new Uint8ClampedArray(section.length);
  for (let i = 0; i < grey.length; i++) grey[i] = section[i]! * (levels - 1);
  // Where one side does not divide, OpenCV widens both.
  const divides = height % tiles === 0 && width % tiles === 0;
  const tileOf = (length: number) =>
    divides ? length / tiles : Math.floor(length / tiles) + 1;
  const tileHeight = tileOf(height), tileWidth = tileOf(width);
  const curves = new Uint8Array(tiles * tiles * levels);
  const histogram = new Int32Array(levels);
  const fromX = Int32Array.from(
    { length: tiles * tileWidth },
    (_, x) => mirrored(x, width),
  );
  for (let t = 0; t < tiles * tiles; t++) {
    histogram.fill(0);
    const top = Math.floor(t / tiles) * tileHeight;
    const left = t % tiles * tileWidth;
    for (let y = top; y < top + tileHeight; y++) {
      const row = mirrored(y, height) * width;
      for (let x = left; x < left + tileWidth; x++) {
        histogram[grey[row + fromX[x]!]!]!++;
      }
    }
    const area = tileHeight * tileWidth;
    clipHistogram(
      histogram,
      Math.max(1, Math.floor(clipLimit * area / levels)),
    );
    const scale = Math.fround((levels - 1) / area);
    for (let v = 0, sum = 0; v < levels; v++) {
      sum += histogram[v]!;
      curves[t * levels + v] = Math.fround(sum * scale) + rounding - rounding;
    }
  }
  const down = tileBlend(height, tileHeight, tiles);
  const along = tileBlend(width, tileWidth, tiles);
  const { fround } = Math; // OpenCV blends in float32, which decides on ties
  for (let y = 0, i = 0; y < height; y++) {
    const upper = down.first[y]! * tiles, lower = down.second[y]! * tiles;
    const below = down.part[y]!, above = fround(1 - below);
    for (let x = 0; x < width; x++, i++) {
      const value = grey[i]!;
      const first = along.first[x]!, second = along.second[x]!;
      const right = along.part[x]!, left = fround(1 - right);
      const a = curves[(upper + first) * levels + value]!;
      const b = curves[(upper + second) * levels + value]!;
      const c = curves[(lower + first) * levels + value]!;
      const d = curves[(lower + second) * levels + value]!;
      const high = fround(fround(a * left) + fround(b * right));
      const low = fround(fround(c * left) + fround(d * right));
      const blend = fround(fround(high * above) + fround(low * below));
      section[i] = (blend + rounding - rounding) / (levels - 1);
    }
  }
}

/** Cuts a histogram off at a height and hands out what was above, in place. */
function clipHistogram(histogram: Int32Array, limit: number): void {
  let above = 0;
  for (let v = 0; v < levels; v++) {
    if (histogram[v]! <= limit) continue;
    above += histogram[v]! - limit;
    histogram[v] = limit;
  }
  const each = Math.floor(above / levels);
  let rest = above - each * levels;
  const step = Math.max(1, Math.floor(levels / rest));
  for (let v = 0; v < levels; v++) histogram[v]! += each;
  for (let v = 0; v < levels && rest > 0; v += step, rest--) histogram[v]!++;
}

/** Between the middles of which tiles each voxel of a line lies. */
function tileBlend(length: number, tileLength: number, tiles: number) {
  const scale = Math.fround(1 / tileLength);
  const place = (i: number) => Math.fround(Math.fround(i * scale) - 0.5);
  const first = Int32Array.from({ length }, (_, i) => Math.floor(place(i)));
  return {
    first: first.map((t) => Math.max(t, 0)),
    second: first.map((t) => Math.min(t + 1, tiles - 1)),
    part: Float32Array.from({ length }, (_, i) => place(i) - first[i]!),
  };
}

/** Added and taken away, it leaves the nearest whole number, of two the even one. */
const rounding = 1.5 * 2 ** 52;
