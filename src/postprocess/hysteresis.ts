import * as z from "zod";
import { connectivityOption } from "./_connectivity.ts";
import { keepObjects } from "./_objects.ts";
import { defineStep } from "./_step.ts";
import { above } from "./threshold.ts";

/**
 * Calls cleft what has at least a low probability and belongs to an object that
 * has a high one somewhere (`skimage.filters.apply_hysteresis_threshold`, which
 * connects by faces).
 */
export const hysteresis = defineStep({
  name: "hysteresis",
  summary:
    "Calls cleft what has a low probability and touches what has a high one",
  options: {
    high: z.number().min(0).max(1).optional().describe(
      "the high probability; by default the one of validation's best Dice",
    ),
    low: z.number().min(0).max(1).optional().describe(
      "the low probability, half the high one by default; never above it",
    ),
    connectivity: connectivityOption,
  },
  create: ({ high, low, connectivity }) => ({
    stage: "call",
    option: "high",
    threshold: high,
    apply(probability, threshold) {
      const from = Math.min(low ?? threshold / 2, threshold);
      const cleft = above(probability, from);
      return keepObjects({ probability, cleft, connectivity }, {
        probability,
        isKept: (object) => object.highestProbability >= threshold,
      }).cleft;
    },
  }),
});
