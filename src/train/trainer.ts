import { letOthersIn } from "@/core/mod.ts";
import { Course, type CourseParts } from "./course.ts";
import { dueAfter } from "./due.ts";
import type { TrainObserver } from "./observer.ts";
import type { Snapshot } from "./snapshot.ts";
import { TrainState } from "./state.ts";
import type { Validation } from "./watch.ts";

/** All that a training works with; borrowed. */
export interface TrainParts extends CourseParts {
  /** Where to begin; the batches are those of the steps after it. */
  readonly start: Snapshot;
  /** The validations up to there. */
  readonly validations: readonly Validation[];
  /** Who hears of it. */
  readonly observer: TrainObserver;
  /** Stops the training after the step at hand, with a checkpoint. */
  readonly signal?: AbortSignal;
}

/**
 * Trains a network and returns its last state, which the caller owns. The same
 * parts give the same bits, also when begun from a snapshot on the way.
 *
 * @throws {RunError} If the loss is no number and the plan says stop.
 */
export async function train(parts: TrainParts): Promise<TrainState> {
  const { optimizer, plan, observer, signal } = parts;
  const start = TrainState.from(parts.start, optimizer.slotNames);
  using course = new Course(parts, start);
  const validations = [...parts.validations];
  const { totalSteps, stopAfter = totalSteps } = plan;
  const reasonToEnd = () => plan.stopEarly?.(validations) ?? null;
  try {
    while (course.state.step < stopAfter && reasonToEnd() === null) {
      await letOthersIn();
      await course.begin(validations);
      const isStopped = (signal?.aborted ?? false) ||
        course.state.step === stopAfter;
      const due = dueAfter(course.state.step, plan);
      if (!due.validate && !due.save && !isStopped) continue;
      await course.catchUp();
      const save = due.save || isStopped;
      const validation = await observer.onDue({ ...due, save }, course.state);
      if (validation) validations.push(validation);
      if (isStopped) return course.state;
    }
    const reason = reasonToEnd();
    if (reason !== null && course.state.step < totalSteps) {
      await observer.onEarlyEnd(course.state, reason);
    }
    return course.state;
  } catch (error) {
    course.state[Symbol.dispose]();
    throw error;
  }
}
