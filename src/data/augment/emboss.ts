import { interval } from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { filtering } from "./_filter.ts";
import { correlate, kernelOf } from "./_kernel.ts";
import { sectionOptions } from "./_sections.ts";

/** How sections are embossed. */
export interface Embossing {
  /** Share of the embossed section in the result. */
  readonly alpha: number;
  /** How strong its relief is. */
  readonly strength: number;
}

/**
 * Embosses sections (AUG-14, imgaug's Emboss): the section times `1 - alpha`, plus
 * `alpha` times its correlation with a kernel that lights it from the upper left;
 * clipped to 0 and 1.
 */
export const emboss = defineAugmentation({
  name: "emboss",
  summary: "Embosses sections, as if lit from one side",
  options: {
    alpha: interval([0.2, 0.5], "range of the share of the embossed section"),
    strength: interval([0.2, 0.7], "range of the strength of its relief"),
    ...sectionOptions(),
  },
  create: ({ alpha, strength, ...options }) =>
    filtering<Embossing>(options, {
      draw: (rng) => ({
        alpha: rng.uniform(...alpha),
        strength: rng.uniform(...strength),
      }),
      schema: z.strictObject({ alpha: z.number(), strength: z.number() }),
      reachOf: () => 1,
      filter: embossPlane,
    }),
});

const embossPlane = correlate<Embossing>(({ alpha, strength: s }) =>
  kernelOf([
    [-alpha * (1 + s), -alpha * s, 0],
    [-alpha * s, 1, alpha * s],
    [0, alpha * s, alpha * (1 + s)],
  ])
);
