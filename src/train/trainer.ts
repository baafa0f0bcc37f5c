import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import { type Batch, openRng, RunError, type SampleTrace } from "@/core/mod.ts";
import type { Engine } from "@/engine/mod.ts";
import { seedAt } from "@/model/mod.ts";
import type { Schedule } from "./schedule/mod.ts";
import type { Snapshot } from "./snapshot.ts";
import { TrainState } from "./state.ts";
import { type StepParts, trainStep } from "./step.ts";

/** Where batches come from, one a step and in order. */
export interface BatchSource {
  /** The next batch, and how long training had to wait for it. */
  next(): Promise<{ batch: Batch; waitMs: number }>;
}

/** What a training does with a loss that is no number. */
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
  /** The schedule's rate. */
  readonly learningRate: number;
  /** Time the step took, waiting included. */
  readonly stepMs: number;
  /** Time it waited for its batch. */
  readonly waitMs: number;
  /** Whether the weights were left as they were, as the loss was no number. */
  readonly isSkipped: boolean;
  /** What is to be recorded of the samples in its batch. */
  readonly samples: readonly SampleTrace[];
}

/** Hears what happens in a training, and is waited for. */
export interface TrainObserver {
  /** After each step. */
  onStep(event: StepEvent): void;
  /** After the steps that {@linkcode TrainPlan.isDue} names, and after the last. */
  onDue(due: Due, state: TrainState): Promise<void>;
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
  /** What to do with a loss that is no number. */
  readonly onNan: OnNan;
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
  const { engine, optimizer, schedule, plan, observer, signal } = parts;
  const { slotNames } = optimizer;
  const run = engine.compile("train_step", trainStep(parts));
  let state = TrainState.from(parts.start, slotNames);
  try {
    while (state.step < plan.totalSteps) {
      await setImmediate(); // lets workers' messages and signals in
      const startedMs = performance.now();
      const step = state.step + 1;
      const { batch, waitMs } = await parts.batches.next();
      const learningRate = optimizer.learningRate *
        schedule(step, plan.totalSteps);
      const inputs = [
        ...uploadBatch(batch),
        tf.tensor1d(parts.terms.map(({ weight }) => weight)),
        tf.tensor1d(seedAt(openRng(parts.seed).at("step", step)), "int32"),
        ...[learningRate, ...optimizer.scalars(step)].map((v) => tf.scalar(v)),
      ];
      const outputs = run([
        state.weights,
        state.buffers,
        ...state.slots,
        ...inputs,
      ]);
      tf.dispose(inputs);
      const [loss, ...terms] = await outputs.at(-1)!.data<"float32">();
      tf.dispose(outputs.at(-1)!);
      const isSkipped = !Number.isFinite(loss) && plan.onNan === "skip";
      state = advance(state, outputs.slice(0, -1) as tf.Tensor1D[], isSkipped);
      observer.onStep({
        step,
        loss: loss!,
        terms,
        learningRate,
        waitMs,
        stepMs: performance.now() - startedMs,
        isSkipped,
        samples: batch.traces,
      });
      if (!Number.isFinite(loss) && plan.onNan === "stop") {
        throw new RunError(
          `Cannot go on after step ${step}: the loss is ${loss}`,
          {
            where: `step ${step}`,
            fix: "Lower optimizer.learningRate, or set train.onNan to skip",
          },
        );
      }
      const due = dueAfter(step, plan);
      const isStopped = signal?.aborted ?? false;
      if (due.validate || due.save || isStopped) {
        await observer.onDue({ ...due, save: due.save || isStopped }, state);
      }
      if (isStopped) break;
    }
    return state;
  } catch (error) {
    state[Symbol.dispose]();
    throw error;
  }
}

function uploadBatch(batch: Batch): tf.Tensor[] {
  const [n, d, h, w] = batch.shape;
  return [
    tf.tensor(batch.image, [n, d, h, w, 1]),
    ...[batch.target, batch.mask, batch.weight]
      .map((values) => tf.tensor(values, [n, d, h, w, batch.heads])),
    ...batch.distanceNm ? [tf.tensor(batch.distanceNm, [n, d, h, w, 1])] : [],
  ];
}

/** The state after a step; disposes whichever of old and new is not kept. */
function advance(
  old: TrainState,
  [weights, buffers, ...slots]: tf.Tensor1D[],
  isSkipped: boolean,
): TrainState {
  const step = old.step + 1;
  const next = new TrainState(step, weights!, buffers!, slots);
  if (!isSkipped) {
    old[Symbol.dispose]();
    return next;
  }
  next[Symbol.dispose]();
  return new TrainState(step, old.weights, old.buffers, old.slots);
}
