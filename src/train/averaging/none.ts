import { defineAveraging } from "./_averaging.ts";

/** No mean: the weights themselves validate and predict. */
export const none = defineAveraging({
  name: "none",
  summary: "No mean: the weights themselves validate and predict",
  options: {},
  create: () => null,
});
