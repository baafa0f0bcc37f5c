/** Runtime, library and buffers of a process that trains nothing yet, in MiB. */
const idleMiB = 550;
/** Copies of the weights: themselves, gradients, Adam's three slots, two on the way. */
const weightCopies = 7;
/** Bytes kept for each number of a stop's features: its block's inner ones and gradients. */
const bytesPerActivation = 44;

/**
 * Peak memory of training in MiB, by a straight line through measured trainings
 * of the native engine in 32 bits (docs/benchmarks.md); good to about a third.
 */
export function estimateMemoryMiB(
  network: { readonly parameters: number; readonly activations: number },
  batch: number,
): number {
  const weightBytes = 4 * weightCopies * network.parameters;
  const activationBytes = bytesPerActivation * batch * network.activations;
  return Math.round(idleMiB + (weightBytes + activationBytes) / 2 ** 20);
}
