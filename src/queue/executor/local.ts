import { defineExecutor } from "./_executor.ts";

/** The process of the command itself. */
export const local = defineExecutor({
  name: "local",
  summary: "Here and now, one run after the other",
  options: {},
  create: () => null,
});
