import { setImmediate } from "node:timers/promises";
import { type Batch, RunError, type SampleTrace } from "@/core/mod.ts";
import type { Engine } from "@/engine/mod.ts";
import { findOrigin, type Origin } from "./diagnose.ts";
import type { Schedule } from "./schedule/mod.ts";
import type { Snapshot } from "./snapshot.ts";
import { TrainState } from "./state.ts";
import type { StepParts } from "./step.ts";
import type { StopEarly } from "./stop_early.ts";
import {
  factorsAt,
  meanLosses,
  openUpdater,
  type StepInputs,
  stepSeed,
  type Told,
  type Updater,
} from "./update.ts";
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

/** A step that was begun and has not been told of. */
interface Begun {
  readonly inputs: StepInputs;
  readonly batches: readonly Batch[];
  readonly startedMs: number;
  readonly waitMs: number;
  readonly told: Promise<Told>;
}

/**
 * Trains a network and returns its last state, which the caller owns. The same
 * parts give the same bits, also when begun from a snapshot on the way.
 *
 * Where the engine runs ahead, a step is begun before the losses of the one
 * before are read; what is told, and in which order, is the same.
 *
 * @throws {RunError} If the loss is no number and the plan says stop.
 */
export async function train(parts: TrainParts): Promise<TrainState> {
  const { optimizer, plan, observer, signal } = parts;
  const tellsNorm = parts.clip !== undefined || plan.onNan === "skip";
  using course = new Course(parts, tellsNorm);
  const validations = [...parts.validations];
  const reasonToEnd = () => plan.stopEarly?.(validations) ?? null;
  course.state = TrainState.from(parts.start, optimizer.slotNames);
  try {
    while (course.state.step < plan.totalSteps && reasonToEnd() === null) {
      await setImmediate(); // lets workers' messages and signals in
      await course.begin(validations);
      const isStopped = signal?.aborted ?? false;
      const due = dueAfter(course.state.step, plan);
      if (!due.validate && !due.save && !isStopped) continue;
      await course.catchUp();
      const save = due.save || isStopped;
      const validation = await observer.onDue({ ...due, save }, course.state);
      if (validation) validations.push(validation);
      if (isStopped) return course.state;
    }
    const reason = reasonToEnd();
    if (reason !== null && course.state.step < plan.totalSteps) {
      await observer.onEarlyEnd(course.state, reason);
    }
    return course.state;
  } catch (error) {
    course.state[Symbol.dispose]();
    throw error;
  }
}

/** The steps of a training, one after another. */
class Course implements Disposable {
  /** The numbers after the last step that was begun. */
  state!: TrainState;
  readonly #parts: TrainParts;
  readonly #updater: Updater;
  /** How many steps may be under way beside the one that is begun. */
  readonly #ahead: number;
  #begun: Begun | null = null;
  #wasSound = true;
  /** When the last step was told of. */
  #toldMs = 0;
  /** When the last step that was begun was done; null before. */
  #doneMs: number | null = null;

  constructor(parts: TrainParts, tellsNorm: boolean) {
    const { engine, plan } = parts;
    this.#parts = parts;
    this.#updater = openUpdater(engine, { ...parts, tellsNorm }, parts.seed);
    this.#ahead = plan.onNan === "continue" ? 0 : this.#updater.stepsAhead;
  }

  /** Begins the next step, and tells of the one before, or of itself if none is ahead. */
  async begin(validations: readonly Validation[]): Promise<void> {
    const { optimizer, schedule, terms, plan: { totalSteps } } = this.#parts;
    const startedMs = performance.now();
    const step = this.state.step + 1;
    const { batches, waitMs } = await this.#nextBatches();
    const inputs = {
      step,
      totalSteps,
      learningRate: optimizer.learningRate *
        schedule(step, totalSteps, validations),
      factors: factorsAt(terms, step, totalSteps),
    };
    const before = this.#begun, next = { inputs, batches, startedMs, waitMs };
    this.#begun = await this.#start(next);
    if (before && !(await this.#tell(before))) {
      await this.#begun.told; // of a step that left all as it was
      this.#begun = await this.#start(next);
    }
    if (this.#ahead === 0) await this.catchUp();
  }

  /** Tells of the step that is under way, if there is one. */
  async catchUp(): Promise<void> {
    if (!this.#begun) return;
    await this.#tell(this.#begun);
    this.#begun = null;
  }

  [Symbol.dispose](): void {
    this.#updater[Symbol.dispose]();
  }

  async #start(
    step: Omit<Begun, "told">,
    options: { readonly forced?: boolean } = {},
  ): Promise<Begun> {
    const goesOn = this.#parts.plan.onNan === "continue";
    const forced = options.forced ?? (goesOn && !this.#wasSound);
    const { next, told } = await this.#updater.update(
      this.state,
      step.batches,
      { ...step.inputs, forced },
    );
    this.state = next;
    this.#doneMs = null;
    told.then(
      () => this.#doneMs = performance.now(),
      () => {}, // whoever awaits it hears of a failure
    );
    return { ...step, told };
  }

  /** Tells of a step once it is done; gives whether the state followed. */
  async #tell(begun: Begun): Promise<boolean> {
    const { plan: { onNan }, observer } = this.#parts;
    const { inputs: { step, learningRate, factors }, batches } = begun;
    let told = await begun.told;
    const { isKept, isSound } = told;
    let origin: Origin | null = null;
    if (!isSound && this.#wasSound) origin = await this.#originOf(begun, told);
    this.#wasSound = isSound;
    if (!isKept) this.#updater.goOn();
    if (!isKept && onNan === "continue") {
      told = await (await this.#start(begun, { forced: true })).told;
    }
    const [loss, ...terms] = meanLosses(told.losses);
    const fault = origin && faultText(loss!, origin);
    const nowMs = performance.now();
    observer.onStep({
      step,
      loss: loss!,
      terms,
      factors,
      gradientNorm: told.gradientNorm,
      learningRate,
      waitMs: begun.waitMs,
      stepMs: nowMs - Math.max(begun.startedMs, this.#toldMs),
      fault,
      isSkipped: !isSound && onNan === "skip",
      samples: batches.flatMap(({ traces }) => traces),
    });
    this.#toldMs = nowMs;
    if (fault && onNan === "stop") {
      throw new RunError(`Cannot go on after step ${step}: ${fault}`, {
        where: `step ${step}`,
        fix: origin!.fix,
      });
    }
    return isKept;
  }

  async #nextBatches(): Promise<Pick<Begun, "batches" | "waitMs">> {
    const { batches: source, accumulate = 1 } = this.#parts;
    const startedMs = performance.now();
    const batches: Batch[] = [];
    let waitMs = 0;
    for (let i = 0; i < accumulate; i++) {
      const next = await source.next();
      batches.push(next.batch);
      waitMs += next.waitMs;
    }
    // While a step is under way, nothing waits.
    const nowMs = performance.now();
    const idleSinceMs = this.#begun ? this.#doneMs ?? nowMs : startedMs;
    return { batches, waitMs: Math.min(waitMs, nowMs - idleSinceMs) };
  }

  /** Where the first number that is not finite came from, in a step that was not kept. */
  #originOf({ inputs, batches }: Begun, { losses }: Told): Promise<Origin> {
    const { step, factors } = inputs;
    const all = batches.map((batch, i) => ({
      batch,
      factors,
      seed: stepSeed(this.#parts.seed, step, i),
    }));
    const suspects = all.filter((_, i) => !Number.isFinite(losses[i]![0]));
    return findOrigin(
      this.#parts,
      new TrainState(step - 1, this.state),
      suspects.length > 0 ? suspects : all,
    );
  }
}

function faultText(loss: number, { what }: Origin): string {
  const told = Number.isFinite(loss)
    ? "the gradient is not finite"
    : `the loss is ${loss}`;
  return `${told}, which begins with ${what}`;
}
