import { whole } from "@/core/mod.ts";
import { inSections } from "./_in_sections.ts";
import { keepObjects } from "./_objects.ts";
import { defineStep } from "./_step.ts";

/** Takes away what is too small in its section, each section by itself. */
export const sectionSize = defineStep({
  name: "sectionSize",
  summary: "Takes away what has too few voxels in its section",
  options: {
    minVox: whole(10, "voxels that it has at least in the section"),
  },
  create: ({ minVox }) => ({
    stage: "mask",
    apply: (called) =>
      inSections(called, (one) => {
        keepObjects(one, { isKept: ({ sizeVox }) => sizeVox >= minVox });
      }),
  }),
});
