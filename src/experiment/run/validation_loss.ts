import { factorsAt, openMeanLoss, type ValueTensors } from "@/train/mod.ts";
import type { ActiveJob } from "./job.ts";

/** The loss of a state on validation data. */
export type LossOf = (
  state: { readonly step: number; readonly predicting: ValueTensors },
) => Promise<number>;

/**
 * What tells the loss of validations: that of training at the same step, all
 * terms of all heads and levels at their factors there, of the network as it
 * predicts, the mean over batches. Null where validation data cannot be sampled.
 */
export function openValidationLoss(
  { plan: { steps }, training, engine, lossBatches }: Pick<
    ActiveJob,
    "plan" | "training" | "engine" | "lossBatches"
  >,
  { signal, onProgress }: {
    /** Stops between two batches. */
    readonly signal: AbortSignal;
    /** Hears of each batch. */
    readonly onProgress: (what: string) => void;
  },
): LossOf | null {
  if (!lossBatches) return null;
  const { count, make } = lossBatches;
  const meanLoss = openMeanLoss(engine, training);
  const batches = function* () {
    for (let i = 0; i < count; i++) {
      signal.throwIfAborted();
      onProgress(`loss, batch ${i + 1} of ${count}`);
      yield make(i);
    }
  };
  return ({ step, predicting }) =>
    meanLoss(predicting, {
      batches: batches(),
      factors: factorsAt(training.terms, { step, totalSteps: steps.total }),
    });
}
