import { positive } from "@/core/mod.ts";
import { defineSchedule } from "./_schedule.ts";
import { afterWarmUp, warmUpOption } from "./_warm_up.ts";

/** `(1 - done)^power`, nnU-Net's schedule (Isensee et al. 2021). */
export const polynomial = defineSchedule({
  name: "polynomial",
  summary: "Falls to 0 as a power of the steps left",
  options: {
    power: positive(0.9, "1 is a straight line"),
    warmUp: warmUpOption(),
  },
  create: ({ power, warmUp }) =>
    afterWarmUp(warmUp, (step, total) => (1 - (step - 1) / total) ** power),
});
