import { mediansOf } from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { type Filter, filtering } from "./_filter.ts";
import { sectionOptions } from "./_sections.ts";

/** How sections are smoothed. */
export interface Smoothing {
  /** Side of the square whose median each voxel becomes: 1, 3, 5 or 7. */
  readonly sideVox: number;
}

/**
 * Smooths sections by the median of a square in the plane (AUG-14,
 * `scipy.ndimage.median_filter`), which takes away noise and keeps edges. Only
 * where the volume ends are voxels mirrored.
 */
export const medianBlur = defineAugmentation({
  name: "medianBlur",
  summary: "Smooths sections by the median around each voxel",
  options: {
    largestVox: z.literal([3, 5, 7]).default(7)
      .describe("largest side of the square, odd ones from 3 are as likely"),
    ...sectionOptions(),
  },
  create: ({ largestVox, ...options }) =>
    filtering<Smoothing>(options, {
      draw: (rng) => ({
        sideVox: 3 + 2 * rng.integer((largestVox - 1) / 2),
      }),
      schema: z.strictObject({ sideVox: z.literal([1, 3, 5, 7]) }),
      reachOf: ({ sideVox }) => (sideVox - 1) / 2,
      filter: takeMedians,
    }),
});

const takeMedians: Filter<Smoothing> = (window, { sideVox }, to) => {
  const { values, height, width, reachVox } = window;
  const pitch = width + 2 * reachVox;
  const first = (reachVox - (sideVox - 1) / 2) * (pitch + 1);
  to.set(mediansOf(values, { first, pitch, height, width, sideVox }));
};
