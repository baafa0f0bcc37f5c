import type { SampleTrace } from "@/core/mod.ts";
import type { Due } from "./due.ts";
import type { TrainState } from "./state.ts";
import type { Validation } from "./watch.ts";

/** What happened in a step. */
export interface StepEvent {
  /** Its number, from 1. */
  readonly step: number;
  /** The weighted sum of the loss's terms. */
  readonly loss: number;
  /** Each term by itself, in the mix's order. */
  readonly terms: readonly number[];
  /** The factor of each term in the sum. */
  readonly factors: readonly number[];
  /** The gradient's Euclidean length before it was clipped, if it is told. */
  readonly gradientNorm: number | null;
  /** The schedule's rate. */
  readonly learningRate: number;
  /** Time the step took, waiting included. */
  readonly stepMs: number;
  /** Time it waited for its batches. */
  readonly waitMs: number;
  /** Where a loss or gradient that is no number came from, in the first step of a row of such. */
  readonly fault: string | null;
  /** Whether the weights were left as they were, as the loss was no number. */
  readonly isSkipped: boolean;
  /** What is to be recorded of the samples in its batches. */
  readonly samples: readonly SampleTrace[];
}

/** Hears what happens in a training, and is waited for. */
export interface TrainObserver {
  /** After each step. */
  onStep(event: StepEvent): void;
  /** After the steps that {@linkcode dueAfter} names; gives what was validated, if it was. */
  onDue(due: Due, state: TrainState): Promise<Validation | null>;
  /** When a training ends before its last step, with the reason. */
  onEarlyEnd(state: TrainState, reason: string): Promise<void>;
}
