import { defineBudget } from "./_budget.ts";

/** No trial is stopped. */
export const full = defineBudget({
  name: "full",
  summary: "Every trial trains to its end",
  options: {},
  create: () => ({
    rungs: ({ trials, volumeTotal }) => [{ volume: volumeTotal, trials }],
  }),
});
