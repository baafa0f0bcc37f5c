import * as z from "zod";
import { fraction } from "@/core/mod.ts";
import { defineSchedule } from "./_schedule.ts";
import { afterWarmUp, warmUpOption } from "./_warm_up.ts";

const share = z.number().gt(0).max(1);

/**
 * Falls at some places, or again and again, by the same factor. Step for step
 * what torch's MultiStepLR and StepLR do; places are rounded to steps.
 */
export const step = defineSchedule({
  name: "step",
  summary: "Falls in steps, by the same factor each",
  options: {
    milestones: z.array(share).readonly().default([0.5, 0.75])
      .describe("after which shares of the training it falls"),
    every: share.optional().describe(
      "share of the training from one fall to the next, in place of milestones",
    ),
    factor: fraction(0.1, "what is left of the rate after a fall"),
    warmUp: warmUpOption(),
  },
  create: ({ milestones, every, factor, warmUp }) =>
    afterWarmUp(warmUp, (step, total) => {
      const done = step - 1;
      const falls = every === undefined
        ? milestones.filter((m) => done >= Math.round(m * total)).length
        : Math.floor(done / Math.max(1, Math.round(every * total)));
      return factor ** falls;
    }),
});
