import { flag, fraction } from "@/core/mod.ts";
import { defineAveraging } from "./_averaging.ts";

/**
 * The exponential moving average of the weights and of the statistics of
 * normalisations (Polyak and Juditsky 1992). The warm-up is TensorFlow's: as
 * long as there are few steps, the mean forgets faster.
 */
export const exponential = defineAveraging({
  name: "exponential",
  summary: "Exponential moving average of the weights (EMA)",
  options: {
    decay: fraction(0.999, "how much of the mean is kept in a step"),
    warmUp: flag(
      true,
      "keeps at most (1 + step) / (10 + step), so that first weights are soon forgotten",
    ),
  },
  create: ({ decay, warmUp }) => ({
    share: (step) =>
      1 - (warmUp ? Math.min(decay, (1 + step) / (10 + step)) : decay),
    statisticsFrom: null,
  }),
});
