import type { MetricOutput } from "./_metric.ts";

/**
 * What training minimises, as a number of validations. No experiment chooses it
 * as it does metrics: every validation has it. Runs are not compared by it, since
 * what they minimise may differ.
 */
export const validationLoss: MetricOutput = {
  name: "loss",
  label: "Loss",
  summary: "What training minimises",
  unit: "",
  better: "lower",
  best: null,
  bounds: [-Infinity, Infinity],
};
