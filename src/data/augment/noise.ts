import { interval, sectionsOf, sizeOf } from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { clipGrey } from "./_kernel.ts";
import { type FieldChanges, fieldDraws, normalField } from "./_random_field.ts";
import { changesBySection, sectionOptions } from "./_sections.ts";

/** How strong noise is in a section. */
export interface Strength {
  /** Its standard deviation, in grey values from 0 to 1. */
  readonly sigma: number;
}

/**
 * Adds Gaussian noise to every voxel and clips to 0 and 1 (AUG-14):
 * `g <- clip(g + sigma * n)`.
 */
export const noise = defineAugmentation({
  name: "noise",
  summary: "Adds Gaussian noise",
  options: {
    sigma: interval(
      [0.01, 0.05],
      "range of its standard deviation, in grey values from 0 to 1",
    ).refine(([low]) => low >= 0, "a standard deviation is at least 0"),
    ...sectionOptions(),
  },
  create: ({ sigma, ...options }) => ({
    ...fieldDraws<Strength>(options, {
      draw: (rng) => ({ sigma: rng.uniform(...sigma) }),
      schema: z.strictObject({ sigma: z.number().min(0) }),
      numbers: sizeOf, // standard normal ones, `[D, H, W]`
    }),
    apply(sample, parameters: FieldChanges<Strength>) {
      const { shapeVox } = sample;
      const image = sample.image.slice(); // [D, H, W]
      const field = normalField(parameters.field, image.length);
      const changes = changesBySection(shapeVox, parameters);
      let z = 0, at = 0;
      for (const section of sectionsOf(image, shapeVox)) {
        const sigma = changes[z++]?.sigma ?? 0;
        for (let i = 0; i < section.length; i++) {
          section[i]! += sigma * field[at++]!;
        }
        if (sigma !== 0) clipGrey(section);
      }
      return { ...sample, image };
    },
  }),
});
