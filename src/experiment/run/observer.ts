import { sizeOf } from "@/core/mod.ts";
import type { MetricPoint } from "@/record/mod.ts";
import {
  type Due,
  dueAfter,
  hashSnapshot,
  type Snapshot,
  type StepEvent,
  type TrainObserver,
  type TrainPlan,
  type TrainState,
} from "@/train/mod.ts";
import type { BestSoFar, Job } from "./carry_out.ts";
import {
  bestCheckpoint,
  lastCheckpoint,
  saveCheckpoint,
} from "./checkpoints.ts";
import { evaluateVolumes, type Evaluator, meanScores } from "./evaluate.ts";
import type { Progress } from "./progress.ts";
import { rankingOf, scorePoints, scoresText, stepPoints } from "./recording.ts";
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

  /** Begins where the job does. */
  constructor(job: Job, parts: ObserverParts) {
    this.#job = job;
    this.#parts = parts;
    this.#best = job.best;
  }

  onStep(event: StepEvent): void {
    const { machine, data: { stream }, recorder, verdict } = this.#job;
    const samples = event.samples
      .map((trace) => ({ ...trace, step: event.step }));
    recorder.samples(samples);
    verdict?.samples(samples); // before the numbers that come of them
    this.#record(stepPoints(event, {
      termNames: machine.terms.map(({ name }) => name),
      voxelsPerStep: sizeOf(stream.patchVox) * stream.batch,
    }));
    recorder.heartbeat();
    if (event.isSkipped) {
      recorder.log("warning", `step ${event.step} skipped: loss ${event.loss}`);
    }
    this.#parts.progress.step(event);
  }

  async onDue(due: Due, state: TrainState): Promise<void> {
    const { machine, recorder, verdict } = this.#job;
    const { trainPlan, context: { signal } } = this.#parts;
    const snapshot = await state.snapshot(machine.optimizer.slotNames);
    const saveLast = () =>
      saveCheckpoint(recorder, lastCheckpoint, snapshot, machine);
    try {
      if (due.validate) await this.#validate(state, snapshot);
    } catch (error) {
      if (signal.aborted) saveLast(); // the run then owes this validation
      throw error;
    }
    // A checkpoint because of a signal is no rung: other runs do not have it.
    if (dueAfter(due.step, trainPlan).save) {
      const hashes = hashSnapshot(snapshot, machine.network)
        .map((hash) => ({ step: due.step, ...hash }));
      recorder.weightHashes(hashes);
      verdict?.weightHashes(hashes);
    }
    if (due.save) saveLast();
  }

  /** Makes up for the validation in which the run was stopped, if it was. */
  async payDebt(state: TrainState): Promise<void> {
    const { plan: { spec }, data: { measured }, records, recorder } = this.#job;
    const due = dueAfter(state.step, this.#parts.trainPlan);
    if (state.step === 0 || !due.validate) return;
    if (measured.validation.length === 0) return;
    const { name } = rankingOf(spec);
    const isPaid = records
      .metrics(recorder.run.id, { split: "validation", name })
      .some(({ step }) => step === state.step);
    if (!isPaid) await this.onDue(due, state);
  }

  async #validate(state: TrainState, snapshot: Snapshot): Promise<void> {
    const { plan: { spec }, machine, data: { measured }, recorder } = this.#job;
    const { evaluatorOf, progress, context } = this.#parts;
    if (measured.validation.length === 0) return;
    const evaluator = evaluatorOf(state), { step } = state;
    const scores = meanScores(
      await evaluateVolumes(measured.validation, {
        ...evaluator,
        plan: { ...evaluator.plan, tta: { type: "none" } },
      }),
    );
    this.#record(scorePoints("validation", step, scores));
    progress.pause();
    context.print(`step ${step}: validation ${scoresText(scores)}`);
    const { name, sign } = rankingOf(spec);
    const value = scores[name] ?? null;
    if (value === null) return;
    if (this.#best && sign * (value - this.#best.value) <= 0) return;
    this.#best = { step, value };
    saveCheckpoint(recorder, bestCheckpoint, snapshot, machine);
  }

  #record(points: readonly MetricPoint[]): void {
    this.#job.recorder.metrics(points);
    this.#job.verdict?.metrics(points);
  }
}
