import { defineSchedule } from "./_schedule.ts";
import { afterWarmUp, warmUpOption } from "./_warm_up.ts";

/** The same rate throughout, as in the report. */
export const constant = defineSchedule({
  name: "constant",
  summary: "The same rate throughout",
  options: { warmUp: warmUpOption() },
  create: ({ warmUp }) => afterWarmUp(warmUp, () => 1),
});
