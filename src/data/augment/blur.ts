import { interval } from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { type Filter, filtering } from "./_filter.ts";
import { sectionOptions } from "./_sections.ts";
import { sumTaps, type Taps, tapsOf } from "./_taps.ts";

/** How sections are blurred. */
export interface Blur {
  /** Standard deviation of the Gaussian in voxels. */
  readonly sigma: number;
}

/**
 * Blurs sections by a Gaussian in the plane, cut at 4 sigma as
 * `scipy.ndimage.gaussian_filter` does (AUG-14; OpenCV takes a sigma of 1.4 for
 * its kernel of 7 voxels). Only where the volume ends are voxels mirrored.
 */
export const blur = defineAugmentation({
  name: "blur",
  summary: "Blurs sections by a Gaussian, as out of focus",
  options: {
    sigma: interval([0.5, 1.4], "range of its standard deviation in voxels")
      .refine(([low]) => low >= 0, "a standard deviation is at least 0"),
    ...sectionOptions(),
  },
  create: ({ sigma, ...options }) =>
    filtering<Blur>(options, {
      draw: (rng) => ({ sigma: rng.uniform(...sigma) }),
      schema: z.strictObject({ sigma: z.number().min(0) }),
      reachOf,
      filter: blurPlane,
    }),
});

/** Voxels to each side at which the Gaussian is cut off. */
function reachOf({ sigma }: Blur): number {
  return Math.floor(4 * sigma + 0.5);
}

const blurPlane: Filter<Blur> = (window, change, to) => {
  const { values, height, width, reachVox } = window;
  const stride = width + 2 * reachVox;
  const down = gaussianTaps(change, stride), along = gaussianTaps(change, 1);
  const row = new Float32Array(stride);
  for (let y = 0; y < height; y++) {
    const start = (y + reachVox) * stride;
    sumTaps(values, { taps: down, to: row, start, at: 0, count: stride });
    sumTaps(row, {
      taps: along,
      to,
      start: reachVox,
      at: y * width,
      count: width,
    });
  }
};

/** A Gaussian over values a step apart; the weights sum to 1. */
function gaussianTaps(change: Blur, step: number): Taps {
  const reach = reachOf(change);
  const heights = Array.from(
    { length: 2 * reach + 1 },
    (_, k) =>
      reach === 0 ? 1 : Math.exp(-0.5 * ((k - reach) / change.sigma) ** 2),
  );
  const sum = heights.reduce((a, b) => a + b);
  return tapsOf(heights.map((h, k) => [(k - reach) * step, h / sum]));
}
