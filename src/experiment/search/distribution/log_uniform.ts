import * as z from "zod";
import { defineDistribution } from "./_distribution.ts";
import { within, written } from "./_within.ts";

/** Numbers of a range, each of its decades as likely as another. */
export const logUniform = defineDistribution({
  name: "logUniform",
  summary:
    "Numbers of a range whose decades are all alike, as of learning rates",
  options: {
    within: within(
      z.number().positive(),
      "the lowest, above 0, and the highest",
    ),
  },
  create: ({ within: [low, high] }) => ({
    at: (share) => written(low * (high / low) ** share, [low, high]),
  }),
});
