import { interval, type Rng, type Zyx } from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { filterSections } from "./_filter.ts";
import { correlate, kernelOf } from "./_kernel.ts";
import {
  changesOf,
  drawChanges,
  type SectionChanges,
  sectionOptions,
} from "./_sections.ts";

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
  create: ({ alpha, strength, ...options }) => ({
    draw: (shapeVox: Zyx, rng: Rng): SectionChanges<Embossing> =>
      drawChanges(shapeVox, options, rng, (stream) => ({
        alpha: stream.uniform(...alpha),
        strength: stream.uniform(...strength),
      })),
    schema: (shapeVox) =>
      z.strictObject(
        changesOf(
          shapeVox,
          z.strictObject({ alpha: z.number(), strength: z.number() }),
        ),
      ),
    marginVox: () => [0, 1, 1],
    apply: (sample, parameters: SectionChanges<Embossing>) =>
      filterSections(sample, parameters, { reachVox: 1, filter: embossPlane }),
  }),
});

const embossPlane = correlate<Embossing>(({ alpha, strength: s }) =>
  kernelOf([
    [-alpha * (1 + s), -alpha * s, 0],
    [-alpha * s, 1, alpha * s],
    [0, alpha * s, alpha * (1 + s)],
  ])
);
