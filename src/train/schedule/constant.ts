import { defineSchedule } from "./_schedule.ts";

/** The same rate throughout, as in the report. */
export const constant = defineSchedule({
  name: "constant",
  summary: "The same rate throughout",
  options: {},
  create: () => () => 1,
});
