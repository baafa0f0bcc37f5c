import * as z from "zod";
import { defineDistribution } from "./_distribution.ts";
import { within, written } from "./_within.ts";

/** Every number of a range, each as likely as another. */
export const uniform = defineDistribution({
  name: "uniform",
  summary: "Numbers of a range, all alike",
  options: { within: within(z.number(), "the lowest and the highest") },
  create: ({ within: [low, high] }) => ({
    at: (share) => written(low + (high - low) * share, [low, high]),
  }),
});
