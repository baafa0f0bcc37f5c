import { ExperimentError } from "./errors.ts";

/** An error in a form that survives the way between threads. */
export interface Fault {
  /** Its sentence. */
  readonly message: string;
  /** Where it was thrown. */
  readonly stack: string | undefined;
  /** What an {@linkcode ExperimentError} carries besides; null for others. */
  readonly details: { readonly where: string; readonly fix: string } | null;
}

/** Takes an error apart. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) {
    return { message: String(error), stack: undefined, details: null };
  }
  const { message, stack } = error;
  const details = error instanceof ExperimentError
    ? { where: error.where, fix: error.fix }
    : null;
  return { message, stack, details };
}

/**
 * Puts an error together again.
 *
 * @param doing What the thread was to do, as after "Cannot": said of errors that
 * are no {@linkcode ExperimentError}.
 */
export function errorOf(
  { message, stack, details }: Fault,
  doing: string,
): Error {
  const error = details
    ? new ExperimentError(message, details)
    : new Error(`Cannot ${doing}: ${message}`);
  if (stack) error.stack = stack;
  return error;
}
