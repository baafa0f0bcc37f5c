import { count, fraction } from "@/core/mod.ts";
import { defineAveraging } from "./_averaging.ts";

/**
 * Stochastic weight averaging (Izmailov et al. 2018): from some share of the
 * training on, the plain mean of the weights after every so many steps. Their
 * statistics are then estimated by forward passes over training batches.
 */
export const stochastic = defineAveraging({
  name: "stochastic",
  summary: "Mean of the weights of the last part of a training (SWA)",
  options: {
    from: fraction(0.75, "share of the training after which it begins"),
    everySteps: count(50, "steps from one set of weights to the next"),
    batches: count(
      50,
      "training batches that statistics of normalisations are estimated from",
    ),
  },
  create: ({ from, everySteps, batches }) => ({
    share(step, total) {
      const since = step - Math.max(1, Math.ceil(from * total));
      if (since < 0) return 1;
      return since % everySteps === 0 ? 1 / (1 + since / everySteps) : 0;
    },
    statisticsFrom: batches,
  }),
});
