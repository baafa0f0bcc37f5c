import type * as tf from "@tensorflow/tfjs-core";
import type { TrainState } from "./state.ts";
import type { BatchTensors, StepScalars, StepTensors } from "./step_form.ts";
import type { Told } from "./told.ts";

/** A step that was begun. */
export interface Update {
  /** The state after it, perhaps still being computed; the caller's. */
  readonly next: TrainState;
  /** What it says, once it is computed. */
  readonly told: Promise<Told>;
}

/** What came of all batches of a step but the last. */
export interface Gathered {
  /** The sum of their gradients, `[P]`. */
  readonly sum: tf.Tensor1D;
  /** The buffers after them, `[B]`. */
  readonly buffers: tf.Tensor1D;
  /** The losses of each, `[1 + terms]`. */
  readonly losses: readonly tf.Tensor1D[];
}

/** What a step takes besides the state; borrowed. */
export interface StepGiven {
  /** Its number, from 1. */
  readonly step: number;
  /** What came of the batches before its last, if it has several. */
  readonly gathered: Gathered | null;
  /** Its last batch. */
  readonly batch: BatchTensors;
  /** Its numbers. */
  readonly scalars: StepScalars;
  /** Whether the state follows, however unsound the step is. */
  readonly forced: boolean;
}

/** The part of a step that changes the state, compiled. */
export interface CompiledStep extends Disposable {
  /** Begins it on a state, which it takes over. */
  run(state: TrainState, given: StepGiven): Promise<Update>;
  /** Lets steps change the state again, after one that was not kept. */
  goOn(): void;
}

/** What the function of a step takes, of a state and what is given besides. */
export function stepTensors(
  { weights, buffers, slots, mean }: TrainState,
  { gathered, batch, scalars }: StepGiven,
): StepTensors {
  return {
    state: { weights, buffers: gathered?.buffers ?? buffers, slots, mean },
    sum: gathered?.sum ?? null,
    batch,
    scalars,
  };
}
