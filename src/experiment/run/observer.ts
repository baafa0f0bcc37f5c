import {
  type Due,
  dueAfter,
  hashSnapshot,
  type Snapshot,
  type StepEvent,
  type TrainObserver,
  type TrainPlan,
  type TrainState,
  type Validation,
} from "@/train/mod.ts";
import { voxelsPerStep } from "../plan/mod.ts";
import { lastCheckpoint, saveCheckpoint } from "./checkpoints.ts";
import type { RunContext } from "./context.ts";
import type { ActiveJob } from "./job.ts";
import { withStatistics } from "./mean_statistics.ts";
import type { Progress } from "./progress.ts";
import { stepPoints } from "./recording.ts";
import type { Validator } from "./validator.ts";

/** What a {@linkcode RunObserver} works with besides the job. */
export interface ObserverParts {
  /** When something is due. */
  readonly plan: TrainPlan;
  /** What validates. */
  readonly validator: Pick<Validator, "validate">;
  /** Where steps are shown. */
  readonly progress: Pick<Progress, "step" | "pause">;
  /** The run's surroundings. */
  readonly context: Pick<RunContext, "print" | "signal">;
}

/** Records what happens in a training: steps, validations, hashes, checkpoints. */
export class RunObserver implements TrainObserver {
  readonly #job: ActiveJob;
  readonly #parts: ObserverParts;
  #earlyEnd: string | undefined;

  /** Begins where the job does. */
  constructor(job: ActiveJob, parts: ObserverParts) {
    this.#job = job;
    this.#parts = parts;
  }

  /** Why the training ended before its last step, if it did. */
  get earlyEnd(): string | undefined {
    return this.#earlyEnd;
  }

  onStep(event: StepEvent): void {
    const { plan: { spec }, training, recorder } = this.#job;
    recorder.samples(
      event.samples.map((trace) => ({ ...trace, step: event.step })),
    );
    recorder.metrics(stepPoints(event, {
      terms: training.terms,
      voxelsPerStep: voxelsPerStep(spec),
    }));
    recorder.recorder.heartbeat();
    const { step, fault, isSkipped } = event;
    if (isSkipped || fault) {
      const what = isSkipped ? `step ${step} skipped` : `step ${step}`;
      const why = fault ?? "as the one before";
      recorder.recorder.log("warning", `${what}: ${why}`);
    }
    this.#parts.progress.step(event);
  }

  async onDue(due: Due, state: TrainState): Promise<Validation | null> {
    const { plan, validator, context: { signal } } = this.#parts;
    let snapshot = await this.#snapshotOf(state);
    let validation: Validation | null = null;
    try {
      snapshot = await withStatistics(snapshot, this.#job, { state, signal });
      if (due.validate) validation = await validator.validate(snapshot);
    } catch (error) {
      if (signal.aborted) this.#save(snapshot); // the validation is still due
      throw error;
    }
    // A checkpoint because of a signal is no rung: other runs do not have it.
    if (dueAfter(due.step, plan).save) this.#hash(snapshot);
    if (due.save) this.#save(snapshot);
    return validation;
  }

  async onEarlyEnd(state: TrainState, reason: string): Promise<void> {
    const { records, recorder } = this.#job;
    const { plan, progress, context } = this.#parts;
    const { step } = state;
    this.#earlyEnd = reason;
    recorder.recorder.log("info", reason);
    progress.pause();
    context.print(reason);
    if (dueAfter(step, plan).save) return; // done already
    const snapshot = await withStatistics(
      await this.#snapshotOf(state),
      this.#job,
      { state, signal: context.signal },
    );
    const isHashed = records.weightHashes(recorder.id)
      .some((hash) => hash.step === step); // before the run was cut here
    if (!isHashed) this.#hash(snapshot);
    this.#save(snapshot);
  }

  /** Does what was still due after the step where a run was stopped, if it was. */
  async doWhatWasDue(state: TrainState): Promise<void> {
    const { plan, data: { measured }, records, recorder: { id } } = this.#job;
    if (state.step === 0) return;
    const isHere = ({ step }: { step: number }) => step === state.step;
    const due = dueAfter(state.step, this.#parts.plan);
    const { name } = plan.ranking;
    const lacksValidation = due.validate && measured.validation.length > 0 &&
      !records.metrics(id, { split: "validation", name }).some(isHere);
    const lacksHashes = due.save && !records.weightHashes(id).some(isHere);
    if (lacksValidation || lacksHashes) await this.onDue(due, state);
  }

  #snapshotOf(state: TrainState): Promise<Snapshot> {
    return state.snapshot(this.#job.training.optimizer.slotNames);
  }

  #hash(snapshot: Snapshot): void {
    const { training, recorder } = this.#job;
    const { step } = snapshot;
    recorder.weightHashes(
      hashSnapshot(snapshot, training.network)
        .map((hash) => ({ step, ...hash })),
    );
  }

  #save(snapshot: Snapshot): void {
    const { training, recorder: { recorder } } = this.#job;
    saveCheckpoint(recorder, { name: lastCheckpoint, snapshot, training });
  }
}
