import { count } from "@/core/mod.ts";
import { keepObjects } from "./_objects.ts";
import { defineStep } from "./_step.ts";

/** Takes away objects that reach too few sections: most are no clefts. */
export const sections = defineStep({
  name: "sections",
  summary: "Takes away objects that reach too few sections",
  options: { min: count(2, "sections that an object reaches at least") },
  create: ({ min }) => ({
    stage: "mask",
    apply: (called) =>
      keepObjects(called, { isKept: ({ sections }) => sections >= min }),
  }),
});
