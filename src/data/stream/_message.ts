import { type Batch, ExperimentError } from "@/core/mod.ts";
import type { StreamPlan } from "./plan.ts";

/** What a worker is told: first the plan, then which batches to make. */
export type Request = { readonly plan: StreamPlan } | { readonly step: number };

/** What a worker answers for a step. */
export type Answer =
  | { readonly step: number; readonly batch: Batch }
  | { readonly step: number; readonly fault: Fault };

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

/** Puts an error together again. */
export function errorOf({ message, stack, details }: Fault): Error {
  const error = details
    ? new ExperimentError(message, details)
    : new Error(`Cannot prepare a batch: ${message}`);
  if (stack) error.stack = stack;
  return error;
}
