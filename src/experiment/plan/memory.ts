import type { NetworkSummary } from "@/model/mod.ts";

/** Runtime, library, and the buffers of validation, in MiB. */
const idleMiB = 610;
/** A thread that prepares samples, in MiB. */
const workerMiB = 60;
/** Copies of the weights: themselves, gradients, Adam's three slots, two on the way. */
const weightCopies = 7;
/** Bytes kept for each number of a stop's features: its block's inner ones and gradients. */
const bytesPerActivation = 22;
/** The same where blocks are computed again in the backward pass. */
const bytesPerRecomputed = 11.5;

/**
 * Peak memory of training in MiB, by a straight line through measured trainings
 * of the native engine in 32 bits (docs/benchmarks.md); good to about a third,
 * volumes themselves not counted.
 */
export function estimateMemoryMiB(
  network: Pick<
    NetworkSummary,
    "parameters" | "keptActivations" | "recomputedActivations"
  >,
  { batch, workers }: { readonly batch: number; readonly workers: number },
): number {
  const weightBytes = 4 * weightCopies * network.parameters;
  const activationBytes = batch *
    (bytesPerActivation * network.keptActivations +
      bytesPerRecomputed * network.recomputedActivations);
  return Math.round(
    idleMiB + workerMiB * workers + (weightBytes + activationBytes) / 2 ** 20,
  );
}
