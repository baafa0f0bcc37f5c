import { fraction } from "@/core/mod.ts";
import { defineSchedule } from "./_schedule.ts";
import { afterWarmUp, warmUpOption } from "./_warm_up.ts";

/** Half a cosine to `floor` after a linear warm-up (Loshchilov and Hutter 2017). */
export const cosine = defineSchedule({
  name: "cosine",
  summary: "Warms up, then falls along half a cosine",
  options: {
    warmUp: warmUpOption(0.05),
    floor: fraction(0, "factor at the end"),
  },
  create: ({ warmUp, floor }) =>
    afterWarmUp(warmUp, (step, total) => {
      const done = (step - 1) / Math.max(1, total);
      return floor + (1 - floor) * (1 + Math.cos(Math.PI * done)) / 2;
    }),
});
