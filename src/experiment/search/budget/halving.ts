import * as z from "zod";
import { ExperimentError } from "@/core/mod.ts";
import { defineBudget, type Rung } from "./_budget.ts";

/**
 * Successive halving (Jamieson and Talwalkar 2016; rungs as of ASHA, Li et al.
 * 2020): all trials train a little, the best of them go on to `reduction` times as
 * many samples, and so on. A rung is complete before any of its trials goes on, so
 * that the choice depends on the numbers alone and not on who was faster.
 */
export const halving = defineBudget({
  name: "halving",
  summary:
    "All trials train a little, the best go on: successive halving, as ASHA in step",
  options: {
    volumeFirst: z.int().min(1).describe(
      "samples after which trials are compared first; a multiple of train.validateEvery",
    ),
    reduction: z.int().min(2).max(100).default(3).describe(
      "one of how many trials goes on, to so many times the samples",
    ),
  },
  create: ({ volumeFirst, reduction }) => ({
    rungs({ trials, volumeTotal }) {
      if (volumeFirst >= volumeTotal) throw tooLate(volumeFirst, volumeTotal);
      const rungs: Rung[] = [];
      let left = trials;
      for (
        let volume = volumeFirst;
        volume < volumeTotal && left > 1;
        volume *= reduction
      ) {
        rungs.push({ volume, trials: left });
        left = Math.max(1, Math.floor(left / reduction));
      }
      return [...rungs, { volume: volumeTotal, trials: left }];
    },
  }),
});

function tooLate(volumeFirst: number, volumeTotal: number): ExperimentError {
  return new ExperimentError(
    `Cannot stop trials after ${volumeFirst} samples: they train with ` +
      `${volumeTotal} in all`,
    {
      where: "search.budget.volumeFirst",
      fix: "Set it to less than train.volumeTotal",
    },
  );
}
