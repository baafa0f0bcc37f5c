import { count, cropArray, interval, positive } from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import {
  type FieldChanges,
  fieldDraws,
  uniformField,
} from "./_random_field.ts";
import { changesBySection, sectionOptions } from "./_sections.ts";
import { cellsAlong, findSuperpixels } from "./_superpixels.ts";

/** How much of a section becomes uniform. */
export interface Uniformity {
  /** Share of its superpixels. */
  readonly share: number;
}

/**
 * Makes a share of the superpixels of each section uniform, of their mean grey
 * value (AUG-14, imgaug's Superpixels). Superpixels are found by SLIC (Achanta et
 * al. 2012) in the plane: means in grey value and place, from a regular grid, each
 * voxel with the nearest of the four around it, four times; pieces are not joined.
 */
export const superpixels = defineAugmentation({
  name: "superpixels",
  summary: "Makes small regions of similar grey values uniform",
  options: {
    share: interval([0.1, 0.5], "range of the share of regions made uniform"),
    spacingVox: count(8, "voxels between the middles of regions"),
    compactness: positive(
      0.2,
      "grey values that count as much as the spacing, more for squarer regions",
    ),
    ...sectionOptions(),
  },
  create: ({ share, spacingVox, compactness, ...options }) => ({
    // A number from -1 to 1 for each superpixel, section by section and row by
    // row: those below `2 * share - 1` become uniform.
    ...fieldDraws<Uniformity>(options, {
      draw: (rng) => ({ share: rng.uniform(...share) }),
      schema: z.strictObject({ share: z.number().min(0).max(1) }),
    }),
    apply(sample, parameters: FieldChanges<Uniformity>) {
      const { shapeVox, inside } = sample;
      const [front, top, left] = inside.startVox;
      const [depth, rows, columns] = inside.shapeVox;
      const image = sample.image.slice(); // [D, H, W]
      const changes = changesBySection(shapeVox, parameters);
      const regions = cellsAlong(rows, spacingVox) *
        cellsAlong(columns, spacingVox);
      const numbers = uniformField(parameters.field, depth * regions);
      for (let z = 0; z < depth; z++) {
        const below = 2 * (changes[front + z]?.share ?? 0) - 1;
        if (below <= -1) continue;
        const { labels, means } = findSuperpixels(
          cropArray(image, shapeVox, {
            startVox: [front + z, top, left],
            shapeVox: [1, rows, columns],
          }),
          { height: rows, width: columns, spacingVox, compactness },
        );
        const section = numbers.subarray(z * regions, (z + 1) * regions);
        for (let y = 0, from = 0; y < rows; y++) {
          let at = ((front + z) * shapeVox[1] + top + y) * shapeVox[2] + left;
          for (let x = 0; x < columns; x++, from++, at++) {
            const label = labels[from]!;
            if (section[label]! < below) image[at] = means[label]!;
          }
        }
      }
      return { ...sample, image };
    },
  }),
});
