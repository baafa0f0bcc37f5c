import { risingValue, sizeOf } from "@/core/mod.ts";
import { openBatches } from "@/data/mod.ts";
import type { MetricPoint } from "@/record/mod.ts";
import {
  type Due,
  dueAfter,
  estimateBuffers,
  hashSnapshot,
  type Snapshot,
  type StepEvent,
  type TrainObserver,
  type TrainPlan,
  TrainState,
  type Validation,
} from "@/train/mod.ts";
import type { BestSoFar, Job } from "./carry_out.ts";
import {
  bestCheckpoint,
  lastCheckpoint,
  saveCheckpoint,
} from "./checkpoints.ts";
import { evaluateVolumes, type Evaluator, meanScores } from "./evaluate.ts";
import type { Progress } from "./progress.ts";
import { scorePoints, scoresText, stepPoints } from "./recording.ts";
import type { RunContext } from "./types.ts";

/** What a {@linkcode RunObserver} needs besides the job. */
export interface ObserverParts {
  /** When something is due. */
  readonly trainPlan: TrainPlan;
  /** The network of a state, for validation. */
  readonly evaluatorOf: (state: TrainState) => Evaluator;
  /** Where steps are shown. */
  readonly progress: Progress;
  /** The run's surroundings. */
  readonly context: RunContext;
}

/** Records what happens in a training: steps, validations, hashes, checkpoints. */
export class RunObserver implements TrainObserver {
  readonly #job: Job;
  readonly #parts: ObserverParts;
  #best: BestSoFar | null;
  #earlyEnd: string | undefined;

  /** Begins where the job does. */
  constructor(job: Job, parts: ObserverParts) {
    this.#job = job;
    this.#parts = parts;
    this.#best = job.best;
  }

  /** Why the training ended before its last step, if it did. */
  get earlyEnd(): string | undefined {
    return this.#earlyEnd;
  }

  onStep(event: StepEvent): void {
    const { machine, data: { stream }, recorder, check } = this.#job;
    const samples = event.samples
      .map((trace) => ({ ...trace, step: event.step }));
    recorder.samples(samples);
    check?.samples(samples); // before the numbers that come of them
    this.#record(stepPoints(event, {
      terms: machine.terms,
      voxelsPerStep: sizeOf(stream.patchVox) * stream.batch *
        machine.accumulate,
    }));
    recorder.heartbeat();
    const { step, fault, isSkipped } = event;
    if (isSkipped) {
      const why = fault ?? "as the one before";
      recorder.log("warning", `step ${step} skipped: ${why}`);
    } else if (fault) recorder.log("warning", `step ${step}: ${fault}`);
    this.#parts.progress.step(event);
  }

  async onDue(due: Due, state: TrainState): Promise<Validation | null> {
    const { machine, recorder } = this.#job;
    const { trainPlan, context: { signal } } = this.#parts;
    let snapshot = await state.snapshot(machine.optimizer.slotNames);
    let validation: Validation | null = null;
    const saveLast = () =>
      saveCheckpoint(recorder, lastCheckpoint, snapshot, machine);
    try {
      snapshot = await this.#withStatistics(snapshot, state);
      if (due.validate) validation = await this.#validate(snapshot);
    } catch (error) {
      if (signal.aborted) saveLast(); // the run then owes this validation
      throw error;
    }
    // A checkpoint because of a signal is no rung: other runs do not have it.
    if (dueAfter(due.step, trainPlan).save) this.#hash(snapshot);
    if (due.save) saveLast();
    return validation;
  }

  async onEarlyEnd(state: TrainState, reason: string): Promise<void> {
    const { machine, records, recorder } = this.#job;
    const { trainPlan, progress, context } = this.#parts;
    const { step } = state;
    this.#earlyEnd = reason;
    recorder.log("info", reason);
    progress.pause();
    context.print(reason);
    if (dueAfter(step, trainPlan).save) return; // done already
    const snapshot = await this.#withStatistics(
      await state.snapshot(machine.optimizer.slotNames),
      state,
    );
    const isHashed = records.weightHashes(recorder.run.id)
      .some((hash) => hash.step === step); // before the run was cut here
    if (!isHashed) this.#hash(snapshot);
    saveCheckpoint(recorder, lastCheckpoint, snapshot, machine);
  }

  /** Makes up for what was due when the run was stopped in it, if it was. */
  async payDebt(state: TrainState): Promise<void> {
    const { plan, data: { measured }, records, recorder } = this.#job;
    const { id } = recorder.run;
    const isHere = ({ step }: { step: number }) => step === state.step;
    const due = dueAfter(state.step, this.#parts.trainPlan);
    if (state.step === 0) return;
    const { name } = plan.ranking;
    const owesValidation = due.validate && measured.validation.length > 0 &&
      !records.metrics(id, { split: "validation", name }).some(isHere);
    const owesHashes = due.save && !records.weightHashes(id).some(isHere);
    if (owesValidation || owesHashes) await this.onDue(due, state);
  }

  /** Estimates the statistics of mean weights, where they are not averaged too. */
  async #withStatistics(
    snapshot: Snapshot,
    { step, mean }: TrainState,
  ): Promise<Snapshot> {
    const { plan: { spec }, machine, engine, data: { stream } } = this.#job;
    const { trainPlan: { totalSteps }, context: { signal } } = this.#parts;
    const { network, averaging } = machine;
    const count = averaging?.statisticsFrom ?? null;
    const isBegun = averaging && averaging.share(step, totalSteps) < 1;
    if (!mean || !isBegun || count === null) return snapshot;
    await using batches = openBatches(
      { ...stream, recordSamples: "none" },
      { fromStep: 0, signal },
    );
    const buffers = await estimateBuffers(engine, network, {
      values: mean,
      batches,
      count,
      seed: spec.seed,
    });
    return { ...snapshot, mean: { ...snapshot.mean!, buffers } };
  }

  #hash(snapshot: Snapshot): void {
    const { machine, recorder, check } = this.#job;
    const hashes = hashSnapshot(snapshot, machine.network)
      .map((hash) => ({ step: snapshot.step, ...hash }));
    recorder.weightHashes(hashes);
    check?.weightHashes(hashes);
  }

  async #validate(snapshot: Snapshot): Promise<Validation | null> {
    const { plan, machine, data: { measured }, recorder } = this.#job;
    const { evaluatorOf, progress, context } = this.#parts;
    if (measured.validation.length === 0) return null;
    using state = TrainState.from(snapshot, []);
    const evaluator = evaluatorOf(state), { step } = state;
    const scores = meanScores(
      await evaluateVolumes(measured.validation, {
        ...evaluator,
        plan: { ...evaluator.plan, tta: { type: "none" } },
      }),
    );
    const points = scorePoints("validation", step, scores);
    this.#record(points);
    progress.pause();
    context.print(`step ${step}: validation ${scoresText(scores)}`);
    const { ranking } = plan;
    const value = scores[ranking.name] ?? null;
    const isBetter = risingValue(value, ranking) >
      risingValue(this.#best?.value, ranking);
    if (value !== null && isBetter) {
      this.#best = { step, value };
      saveCheckpoint(recorder, bestCheckpoint, snapshot, machine);
    }
    const entries = points.map(({ name, value }) => [name, value]);
    return { step, scores: Object.fromEntries(entries) };
  }

  #record(points: readonly MetricPoint[]): void {
    this.#job.recorder.metrics(points);
    this.#job.check?.metrics(points);
  }
}
