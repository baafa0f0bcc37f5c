import type { StopEarly } from "./stop_early.ts";

/** What a training does with a loss or a gradient that is no number. */
export type OnNan =
  /** Fail with the step. */
  | "stop"
  /** Drop the step's change of the weights. */
  | "skip"
  /** Go on. */
  | "continue";

/** How long a training goes and what it does on the way. */
export interface TrainPlan {
  /** Steps from the first to the last. */
  readonly totalSteps: number;
  /** Steps between two checkpoints. */
  readonly saveEverySteps: number;
  /** Steps between two validations. */
  readonly validateEverySteps: number;
  /** What to do with a loss or a gradient that is no number. */
  readonly onNan: OnNan;
  /** The step after which it waits, to be gone on with; none by default. */
  readonly stopAfter?: number | undefined;
  /** Says whether validations give a reason to end; none does by default. */
  readonly stopEarly?: StopEarly | undefined;
}

/** What is due after a step. */
export interface Due {
  /** The step. */
  readonly step: number;
  /** Whether the network is to be validated. */
  readonly validate: boolean;
  /** Whether a checkpoint is to be written. */
  readonly save: boolean;
}

/** What is due after a step of a plan. */
export function dueAfter(step: number, plan: TrainPlan): Due {
  const isLast = step === plan.totalSteps;
  return {
    step,
    validate: isLast || step % plan.validateEverySteps === 0,
    save: isLast || step % plan.saveEverySteps === 0,
  };
}
