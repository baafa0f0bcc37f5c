import * as z from "zod";
import { fraction } from "@/core/mod.ts";
import { keepObjects } from "./_objects.ts";
import { defineStep } from "./_step.ts";

/**
 * Takes away objects that the network is not sure of: those whose mean
 * probability is too low. A large or deep one can be spared, for it is rarely an
 * accident.
 */
export const prune = defineStep({
  name: "prune",
  summary: "Takes away objects of low probability, the large ones spared",
  options: {
    minMean: fraction(0.5, "mean probability that an object has at least"),
    spareVox: z.int().min(1).optional().describe(
      "objects of at least so many voxels are spared; none unless told",
    ),
    spareSections: z.int().min(1).optional().describe(
      "objects that reach so many sections are spared; none unless told",
    ),
  },
  create: ({ minMean, spareVox, spareSections }) => ({
    stage: "mask",
    apply: (called) =>
      keepObjects(called, {
        probability: called.probability,
        isKept: ({ meanProbability, sizeVox, sections }) =>
          meanProbability >= minMean ||
          sizeVox >= (spareVox ?? Infinity) ||
          sections >= (spareSections ?? Infinity),
      }),
  }),
});
