import {
  interval,
  type Rng,
  sectionsOf,
  sizeOf,
  type Zyx,
} from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { clipGrey } from "./_kernel.ts";
import { fieldOf, normalField, type RandomField } from "./_random_field.ts";
import {
  changesBySection,
  changesOf,
  drawChanges,
  type SectionChanges,
  sectionOptions,
} from "./_sections.ts";

/** What {@linkcode noise} adds. */
export interface NoiseParameters
  extends SectionChanges<{ readonly sigma: number }> {
  /** Standard normal numbers for all voxels, `[D, H, W]`. */
  readonly field: RandomField;
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
    draw: (shapeVox: Zyx, rng: Rng): NoiseParameters => ({
      ...drawChanges(
        shapeVox,
        { ...options, draw: (at) => ({ sigma: at.uniform(...sigma) }) },
        rng,
      ),
      field: rng.at("field").address,
    }),
    schema: (shapeVox) =>
      z.strictObject({
        ...changesOf(shapeVox, z.strictObject({ sigma: z.number().min(0) })),
        field: fieldOf(sizeOf(shapeVox)),
      }),
    apply(sample, parameters: NoiseParameters) {
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
