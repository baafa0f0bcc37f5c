import * as z from "zod";
import { canonicalJson } from "@/core/mod.ts";
import { defineDistribution } from "./_distribution.ts";

/** One of some values of any kind, such as entries with a type. */
export const choice = defineDistribution({
  name: "choice",
  summary: "One of some values, all alike: words, numbers, entries, lists",
  options: {
    of: z.array(z.unknown().meta({ title: "any value" })).min(2).readonly()
      .refine(
        (values) => new Set(values.map(canonicalJson)).size === values.length,
        {
          message: "a value occurs twice",
          params: { fix: "Remove one of the two" },
        },
      ).describe("the values"),
  },
  create: ({ of }) => ({ at: (share) => of[Math.floor(share * of.length)] }),
});
