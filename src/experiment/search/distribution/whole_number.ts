import * as z from "zod";
import { count } from "@/core/mod.ts";
import { defineDistribution } from "./_distribution.ts";
import { within } from "./_within.ts";

/** Whole numbers of a range, both ends too, each as likely as another. */
export const wholeNumber = defineDistribution({
  name: "wholeNumber",
  summary: "Whole numbers of a range, all alike",
  options: {
    within: within(z.int(), "the lowest and the highest"),
    step: count(1, "distance of two of them, counted from the lowest"),
  },
  create: ({ within: [low, high], step }) => {
    const count = Math.floor((high - low) / step) + 1;
    return { at: (share) => low + step * Math.floor(share * count) };
  },
});
