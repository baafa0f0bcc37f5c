import { type Rng, type Zyx } from "@/core/mod.ts";
import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import {
  changeSlabs,
  changesOf,
  drawChanges,
  type SectionChanges,
  sectionOptions,
} from "./_sections.ts";

/** Inverts grey values: `g <- 1 - g` (AUG-14). */
export const invert = defineAugmentation({
  name: "invert",
  summary: "Makes dark what is bright, and bright what is dark",
  options: sectionOptions("3d"),
  create: (options) => ({
    draw: (shapeVox: Zyx, rng: Rng): SectionChanges<"inverted"> =>
      drawChanges(shapeVox, options, rng, () => "inverted"),
    schema: (shapeVox) =>
      z.strictObject(
        changesOf(shapeVox, z.literal("inverted")),
      ),
    apply: (sample, parameters: SectionChanges<"inverted">) =>
      changeSlabs(sample, parameters, (values) => {
        for (let i = 0; i < values.length; i++) values[i] = 1 - values[i]!;
      }),
  }),
});
