import {
  ExperimentError,
  fraction,
  interval,
  type Rng,
  type Sample,
  whole,
  type Zyx,
} from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { pixel, sectionIn } from "./_parameters.ts";
import { checkSection } from "./_section_fold.ts";
import type { Pixel } from "./_line.ts";

/** A part of a section that is missing. */
export interface MissingPart {
  /** Which section, from 0. */
  readonly section: number;
  /** Its first pixel. */
  readonly startVox: Pixel;
  /** Its extent. */
  readonly shapeVox: Pixel;
  /** The grey value in its place. */
  readonly grey: number;
}

/** What {@linkcode missingPart} does to one sample. */
export interface MissingPartParameters {
  /** The parts, lowest section first. */
  readonly parts: readonly MissingPart[];
}

/**
 * Paints rectangles, or all of a section, in one grey value (PyTorch
 * Connectomics' RandMissingSection). The first and the last section stay whole,
 * so patches of fewer than three sections stay as they are; labels stay too.
 */
export const missingPart = defineAugmentation({
  name: "missingPart",
  summary: "Paints a part of some sections, or all of it, in one grey value",
  options: {
    numSections: whole(2, "sections that miss something"),
    fullSectionProb: fraction(0.5, "chance that one is missing altogether"),
    partialRatio: shares(
      [0.25, 0.75],
      "range of the extent of a part along y and x, a share of the section",
    ),
    fillValue: shares([0, 1], "range of the grey value in its place"),
  },
  create: ({ numSections, fullSectionProb, partialRatio, fillValue }) => ({
    draw([depth, height, width]: Zyx, rng: Rng): MissingPartParameters {
      const candidates = Array.from(
        { length: Math.max(0, depth - 2) },
        (_, i) => i + 1,
      );
      const chosen = shuffled(candidates, rng.at("sections"))
        .slice(0, numSections).toSorted((a, b) => a - b);
      const parts = chosen.map((section): MissingPart => {
        const stream = rng.at("section", section);
        const grey = stream.uniform(...fillValue);
        if (stream.uniform(0, 1) < fullSectionProb) {
          return { section, startVox: [0, 0], shapeVox: [height, width], grey };
        }
        const extent = (vox: number) =>
          Math.max(1, Math.floor(vox * stream.uniform(...partialRatio)));
        const shapeVox = [extent(height), extent(width)] as const;
        const startVox = [
          stream.integer(height - shapeVox[0] + 1),
          stream.integer(width - shapeVox[1] + 1),
        ] as const;
        return { section, startVox, shapeVox, grey };
      });
      return { parts };
    },
    schema: (shapeVox) =>
      z.strictObject({
        parts: z.array(z.strictObject({
          section: sectionIn(shapeVox),
          startVox: pixel,
          shapeVox: pixel,
          grey: z.number(),
        })).readonly(),
      }),
    apply(sample, { parts }: MissingPartParameters) {
      const image = sample.image.slice(); // [D, H, W]
      for (const part of parts) paint(image, sample, part);
      return { ...sample, image };
    },
  }),
});

/** The option for two numbers from 0 to 1. */
function shares(byDefault: readonly [number, number], summary: string) {
  return interval(byDefault, summary)
    .refine(([low, high]) => low >= 0 && high <= 1, "both are from 0 to 1");
}

/** The numbers in random order (Fisher and Yates). */
function shuffled(numbers: readonly number[], rng: Rng): number[] {
  const result = [...numbers];
  for (let i = result.length - 1; i > 0; i--) {
    const j = rng.integer(i + 1);
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

/** Paints a part in place. */
function paint(
  image: Float32Array,
  sample: Sample,
  { section, startVox: [top, left], shapeVox: [rows, columns], grey }:
    MissingPart,
): void {
  const [, height, width] = sample.shapeVox;
  checkSection(section, sample);
  if (
    !(top >= 0 && left >= 0 && top + rows <= height && left + columns <= width)
  ) {
    throw new ExperimentError(
      `Cannot remove ${rows} x ${columns} voxels from ${top}, ${left} on: ` +
        `sections have ${height} x ${width}`,
      { where: "parts", fix: "Name a part inside the section" },
    );
  }
  for (let y = top; y < top + rows; y++) {
    const row = (section * height + y) * width + left;
    image.fill(grey, row, row + columns);
  }
}
