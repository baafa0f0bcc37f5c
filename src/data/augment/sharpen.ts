import { interval } from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { filtering } from "./_filter.ts";
import { correlate, kernelOf } from "./_kernel.ts";
import { sectionOptions } from "./_sections.ts";

/** How sections are sharpened. */
export interface Sharpening {
  /** Share of the sharpened section in the result. */
  readonly alpha: number;
  /** What the weights of the sharpening kernel sum to. */
  readonly lightness: number;
}

/**
 * Sharpens sections (AUG-14, imgaug's Sharpen): the section times `1 - alpha`,
 * plus `alpha` times its correlation with a 3 x 3 kernel of `8 + lightness` in the
 * middle and -1 around it; clipped to 0 and 1.
 */
export const sharpen = defineAugmentation({
  name: "sharpen",
  summary: "Sharpens sections, and makes their noise stronger",
  options: {
    alpha: interval([0.2, 0.5], "range of the share of the sharpened section"),
    lightness: interval([0.5, 1], "range of its brightness, 1 is as before"),
    ...sectionOptions(),
  },
  create: ({ alpha, lightness, ...options }) =>
    filtering<Sharpening>(options, {
      draw: (rng) => ({
        alpha: rng.uniform(...alpha),
        lightness: rng.uniform(...lightness),
      }),
      schema: z.strictObject({ alpha: z.number(), lightness: z.number() }),
      reachOf: () => 1,
      filter: sharpenPlane,
    }),
});

const sharpenPlane = correlate<Sharpening>(({ alpha, lightness }) =>
  kernelOf([
    [-alpha, -alpha, -alpha],
    [-alpha, 1 - alpha + alpha * (8 + lightness), -alpha],
    [-alpha, -alpha, -alpha],
  ])
);
