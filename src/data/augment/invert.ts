import * as z from "zod";
import { defineAugmentation } from "./_augmentation.ts";
import { sectionOptions } from "./_sections.ts";
import { changingSlabs } from "./_slabs.ts";

/** Inverts grey values: `g <- 1 - g` (AUG-14). */
export const invert = defineAugmentation({
  name: "invert",
  summary: "Makes dark what is bright, and bright what is dark",
  options: sectionOptions("3d"),
  create: (options) =>
    changingSlabs<"inverted">(options, {
      draw: () => "inverted",
      schema: z.literal("inverted"),
      apply(values) {
        for (let i = 0; i < values.length; i++) values[i] = 1 - values[i]!;
      },
    }),
});
