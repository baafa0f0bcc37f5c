/** What a step says. */
export interface Told {
  /** The losses of each of its batches, total first. */
  readonly losses: readonly (readonly number[])[];
  /** The gradient's Euclidean length before it was clipped, if it is told. */
  readonly gradientNorm: number | null;
  /** Whether the loss and the gradient are finite. */
  readonly isSound: boolean;
  /**
   * Whether the state followed. If not, it is as it was before the step, and
   * stays so through the steps that were begun meanwhile.
   */
  readonly isKept: boolean;
}

/** Whether the loss and the gradient of a step are finite. */
export function isFiniteStep(
  { losses, gradientNorm }: Pick<Told, "losses" | "gradientNorm">,
): boolean {
  return Number.isFinite(meanLosses(losses)[0]) &&
    Number.isFinite(gradientNorm ?? 0);
}

/** The mean over the batches of a step. */
export function meanLosses(
  losses: readonly (readonly number[])[],
): readonly number[] {
  return losses[0]!.map((_, i) =>
    losses.reduce((sum, ofBatch) => sum + ofBatch[i]!, 0) / losses.length
  );
}
