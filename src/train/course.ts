import { type Batch, RunError } from "@/core/mod.ts";
import type { Engine } from "@/engine/mod.ts";
import { type BatchSource, takeBatches } from "./batch_source.ts";
import { findOrigin, type Origin } from "./diagnose.ts";
import type { TrainPlan } from "./due.ts";
import type { TrainObserver } from "./observer.ts";
import type { StepParts } from "./parts.ts";
import type { Schedule } from "./schedule/mod.ts";
import type { TrainState } from "./state.ts";
import { meanLosses, type Told } from "./told.ts";
import { openUpdater, type Updater } from "./update.ts";
import { factorsAt, type StepNumbers, stepSeed } from "./upload.ts";
import type { Validation } from "./watch.ts";

/** What the steps of a training need; borrowed. */
export interface CourseParts extends StepParts {
  /** What computes. */
  readonly engine: Engine;
  /** The learning rate's course. */
  readonly schedule: Schedule;
  /** Batches from the first step on. */
  readonly batches: BatchSource;
  /** Decides what layers such as dropout draw. */
  readonly seed: number;
  /** How long, and what on the way. */
  readonly plan: TrainPlan;
  /** Who hears of it. */
  readonly observer: Pick<TrainObserver, "onStep">;
}

/** A step that was begun and has not been told of. */
interface Begun {
  readonly numbers: StepNumbers;
  readonly batches: readonly Batch[];
  readonly startedMs: number;
  readonly waitMs: number;
  readonly told: Promise<Told>;
}

/**
 * The steps of a training, one after another. Where the engine runs ahead, a step
 * is begun before the losses of the one before are read; what is told, and in
 * which order, is the same.
 */
export class Course implements Disposable {
  /** The numbers after the last step that was begun; the caller's in the end. */
  state: TrainState;
  readonly #parts: CourseParts;
  readonly #updater: Updater;
  /** How many steps may be under way beside the one that is begun. */
  readonly #ahead: number;
  #begun: Begun | null = null;
  #wasSound = true;
  /** When the last step was told of. */
  #toldMs = 0;
  /** When the last step that was begun was done; null before. */
  #doneMs: number | null = null;

  /** Begins with some numbers, which it takes over. */
  constructor(parts: CourseParts, state: TrainState) {
    const { engine, plan: { onNan }, clip } = parts;
    const tellsNorm = clip !== undefined || onNan === "skip";
    this.state = state;
    this.#parts = parts;
    this.#updater = openUpdater(engine, { ...parts, tellsNorm });
    this.#ahead = onNan === "continue" ? 0 : this.#updater.stepsAhead;
  }

  /** Begins the next step, and tells of the one before, or of itself if none is ahead. */
  async begin(validations: readonly Validation[]): Promise<void> {
    const { optimizer, schedule, terms, plan: { totalSteps } } = this.#parts;
    const startedMs = performance.now();
    const step = this.state.step + 1;
    const { batches, waitMs } = await this.#nextBatches();
    const numbers = {
      step,
      totalSteps,
      learningRate: optimizer.learningRate *
        schedule(step, totalSteps, validations),
      factors: factorsAt(terms, { step, totalSteps }),
    };
    const before = this.#begun, next = { numbers, batches, startedMs, waitMs };
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
    const { next, told } = await this.#updater.update(this.state, {
      ...step.numbers,
      batches: step.batches,
      forced,
    });
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
    const { numbers: { step, learningRate, factors }, batches } = begun;
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
    const { batches, waitMs } = await takeBatches(source, accumulate);
    // While a step is under way, nothing waits.
    const nowMs = performance.now();
    const idleSinceMs = this.#begun ? this.#doneMs ?? nowMs : startedMs;
    return { batches, waitMs: Math.min(waitMs, nowMs - idleSinceMs) };
  }

  /** Where the first number that is not finite came from, in a step that was not kept. */
  #originOf({ numbers, batches }: Begun, { losses }: Told): Promise<Origin> {
    const { step, factors } = numbers;
    const all = batches.map((batch, i) => ({
      batch,
      factors,
      seed: stepSeed(this.#parts.seed, { step, batch: i }),
    }));
    const suspects = all.filter((_, i) => !Number.isFinite(losses[i]![0]));
    const { weights, buffers } = this.state;
    return findOrigin(this.#parts, {
      state: { step: step - 1, weights, buffers },
      suspects: suspects.length > 0 ? suspects : all,
    });
  }
}

function faultText(loss: number, { what }: Origin): string {
  const told = Number.isFinite(loss)
    ? "the gradient is not finite"
    : `the loss is ${loss}`;
  return `${told}, which begins with ${what}`;
}
