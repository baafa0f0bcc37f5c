import { setImmediate } from "node:timers/promises";
import { type Batch, RunError, type SampleTrace } from "@/core/mod.ts";
import type { Engine } from "@/engine/mod.ts";
import { findOrigin, type Origin } from "./diagnose.ts";
import type { Schedule } from "./schedule/mod.ts";
import type { Snapshot } from "./snapshot.ts";
import { TrainState } from "./state.ts";
import type { StepParts } from "./step.ts";
import type { StopEarly } from "./stop_early.ts";
import { factorsAt, openUpdater, stepSeed, type Update } from "./update.ts";
import type { Validation } from "./watch.ts";

/** Where batches come from, in order: one a step, or as many as accumulate. */
export interface BatchSource {
  /** The next batch, and how long training had to wait for it. */
  next(): Promise<{ batch: Batch; waitMs: number }>;
}

/** What a training does with a loss or a gradient that is no number. */
export type OnNan =
  /** Fail with the step. */
  | "stop"
  /** Drop the step's change of the weights. */
  | "skip"
  /** Go on. */
  | "continue";

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

/** What is due after a step. */
export interface Due {
  /** The step. */
  readonly step: number;
  /** Whether the network is to be validated. */
  readonly validate: boolean;
  /** Whether a checkpoint is to be written. */
  readonly save: boolean;
}

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
  /** Says whether validations give a reason to end; none does by default. */
  readonly stopEarly?: StopEarly | undefined;
}

/** All that a training works with; borrowed. */
export interface TrainParts extends StepParts {
  /** What computes. */
  readonly engine: Engine;
  /** The learning rate's course. */
  readonly schedule: Schedule;
  /** Batches from the step after `start`. */
  readonly batches: BatchSource;
  /** Where to begin. */
  readonly start: Snapshot;
  /** The validations up to there. */
  readonly validations: readonly Validation[];
  /** Decides what layers such as dropout draw. */
  readonly seed: number;
  /** How long, and what on the way. */
  readonly plan: TrainPlan;
  /** Who hears of it. */
  readonly observer: TrainObserver;
  /** Stops the training after the step at hand, with a checkpoint. */
  readonly signal?: AbortSignal;
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

/**
 * Trains a network and returns its last state, which the caller owns. The same
 * parts give the same bits, also when begun from a snapshot on the way.
 *
 * @throws {RunError} If the loss is no number and the plan says stop.
 */
export async function train(parts: TrainParts): Promise<TrainState> {
  const { engine, optimizer, terms, plan, observer, signal } = parts;
  const { totalSteps } = plan;
  const tellsNorm = parts.clip !== undefined || plan.onNan === "skip";
  using updater = openUpdater(engine, { ...parts, tellsNorm }, parts.seed);
  const validations = [...parts.validations];
  const reasonToEnd = () => plan.stopEarly?.(validations) ?? null;
  let wasSound = true;
  let state = TrainState.from(parts.start, optimizer.slotNames);
  try {
    while (state.step < totalSteps && reasonToEnd() === null) {
      await setImmediate(); // lets workers' messages and signals in
      const startedMs = performance.now();
      const step = state.step + 1;
      const { batches, waitMs } = await nextBatches(parts);
      const learningRate = optimizer.learningRate *
        parts.schedule(step, totalSteps, validations);
      const factors = factorsAt(terms, step, totalSteps);
      const inputs = { step, totalSteps, learningRate, factors };
      const update = await updater.update(state, batches, inputs);
      const [loss, ...ofTerms] = meanLosses(update.losses);
      const isSound = Number.isFinite(loss) &&
        Number.isFinite(update.gradientNorm ?? 0);
      let origin: Origin | null = null;
      if (!isSound && wasSound) {
        origin = await originOf(parts, { state, batches, factors, update });
      }
      wasSound = isSound;
      const fault = origin && faultText(loss!, origin);
      const isSkipped = !isSound && plan.onNan === "skip";
      state = advance(state, update.next, isSkipped);
      observer.onStep({
        step,
        loss: loss!,
        terms: ofTerms,
        factors,
        gradientNorm: update.gradientNorm,
        learningRate,
        waitMs,
        stepMs: performance.now() - startedMs,
        fault,
        isSkipped,
        samples: batches.flatMap(({ traces }) => traces),
      });
      if (fault && plan.onNan === "stop") {
        throw new RunError(`Cannot go on after step ${step}: ${fault}`, {
          where: `step ${step}`,
          fix: origin!.fix,
        });
      }
      const due = dueAfter(step, plan);
      const isStopped = signal?.aborted ?? false;
      if (due.validate || due.save || isStopped) {
        const save = due.save || isStopped;
        const validation = await observer.onDue({ ...due, save }, state);
        if (validation) validations.push(validation);
      }
      if (isStopped) return state;
    }
    const reason = reasonToEnd();
    if (reason !== null && state.step < totalSteps) {
      await observer.onEarlyEnd(state, reason);
    }
    return state;
  } catch (error) {
    state[Symbol.dispose]();
    throw error;
  }
}

async function nextBatches(
  { batches, accumulate = 1 }: TrainParts,
): Promise<{ batches: readonly Batch[]; waitMs: number }> {
  const found: Batch[] = [];
  let waitMs = 0;
  for (let i = 0; i < accumulate; i++) {
    const next = await batches.next();
    found.push(next.batch);
    waitMs += next.waitMs;
  }
  return { batches: found, waitMs };
}

/** The mean over the batches of a step. */
function meanLosses(
  losses: readonly (readonly number[])[],
): readonly number[] {
  return losses[0]!.map((_, i) =>
    losses.reduce((sum, ofBatch) => sum + ofBatch[i]!, 0) / losses.length
  );
}

/** Where the first number that is not finite came from, in a step just made. */
function originOf(
  parts: TrainParts,
  { state, batches, factors, update }: {
    readonly state: TrainState;
    readonly batches: readonly Batch[];
    readonly factors: readonly number[];
    readonly update: Update;
  },
): Promise<Origin> {
  const step = state.step + 1;
  const all = batches.map((batch, i) => ({
    batch,
    factors,
    seed: stepSeed(parts.seed, step, i),
  }));
  const suspects = all.filter((_, i) => !Number.isFinite(update.losses[i]![0]));
  return findOrigin(parts, state, suspects.length > 0 ? suspects : all);
}

function faultText(loss: number, { what }: Origin): string {
  const told = Number.isFinite(loss)
    ? "the gradient is not finite"
    : `the loss is ${loss}`;
  return `${told}, which begins with ${what}`;
}

/** The state after a step; disposes whichever of old and new is not kept. */
function advance(
  old: TrainState,
  next: TrainState,
  isSkipped: boolean,
): TrainState {
  if (!isSkipped) {
    old[Symbol.dispose]();
    return next;
  }
  next[Symbol.dispose]();
  return new TrainState(next.step, old);
}
