import { whole } from "@/core/mod.ts";
import { keepObjects } from "./_objects.ts";
import { defineStep } from "./_step.ts";

/** Takes away objects of too few voxels. */
export const size = defineStep({
  name: "size",
  summary: "Takes away objects of too few voxels",
  options: { minVox: whole(50, "voxels that an object has at least") },
  create: ({ minVox }) => ({
    stage: "mask",
    apply: (called) =>
      keepObjects(called, { isKept: ({ sizeVox }) => sizeVox >= minVox }),
  }),
});
