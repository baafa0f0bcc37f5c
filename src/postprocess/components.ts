import { connectivityOption } from "./_connectivity.ts";
import { defineStep } from "./_step.ts";

/**
 * Says what is one object from here on: for the steps that follow, and for the
 * numbers of objects in a file of labels. Without it, corners connect.
 */
export const components = defineStep({
  name: "components",
  summary: "Says which voxels touch, so that they are one object",
  options: { connectivity: connectivityOption },
  create: ({ connectivity }) => ({
    stage: "mask",
    apply: (called) => ({ ...called, connectivity }),
  }),
});
