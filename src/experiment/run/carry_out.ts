import { sizeOf } from "@/core/mod.ts";
import { openBatches } from "@/data/mod.ts";
import type { Engine } from "@/engine/mod.ts";
import { metrics } from "@/metric/mod.ts";
import type { Recorder, Records } from "@/record/mod.ts";
import {
  type Snapshot,
  train,
  type TrainPlan,
  TrainState,
} from "@/train/mod.ts";
import { type Plan, samplesPerStep, stopEarlyOf } from "../plan/mod.ts";
import {
  bestCheckpoint,
  lastCheckpoint,
  readCheckpoint,
} from "./checkpoints.ts";
import type { RunData } from "./data.ts";
import {
  evaluateVolumes,
  type Evaluator,
  meanScores,
  recordEvaluation,
} from "./evaluate.ts";
import { RunObserver } from "./observer.ts";
import { Progress } from "./progress.ts";
import { bestPrefix, scorePoints, scoresText } from "./recording.ts";
import { validationsSoFar } from "./resume_point.ts";
import { type Machine, openForward } from "./session.ts";
import type { RunContext } from "./types.ts";
import type { RerunCheck } from "./verdict.ts";
import { workersFor } from "./workers.ts";

/** A run that is ready to go. */
export interface Job {
  /** What is to happen. */
  readonly plan: Plan;
  /** What it trains. */
  readonly machine: Machine;
  /** What it works on. */
  readonly data: RunData;
  /** What computes. */
  readonly engine: Engine;
  /** The records, for reading back. */
  readonly records: Records;
  /** Where it is recorded. */
  readonly recorder: Recorder;
  /** Where it begins. */
  readonly start: Snapshot;
  /** The best validation before `start`, if there was one. */
  readonly best: BestSoFar | null;
  /** What its log should begin with. */
  readonly notes: readonly string[];
  /** What checks it against the run it repeats, if it does. */
  readonly check: RerunCheck | null;
}

/** The best validation so far. */
export interface BestSoFar {
  /** The step after which it was measured. */
  readonly step: number;
  /** Its value of what ranks weights. */
  readonly value: number;
}

/** How a run ended, and why if it did so before its last step. */
export interface Outcome {
  /** How. */
  readonly state: "finished" | "interrupted";
  /** Why. */
  readonly reason?: string | undefined;
}

/** Trains, validates on the way, evaluates the best weights; records it all. */
export async function carryOut(
  job: Job,
  context: RunContext,
): Promise<Outcome> {
  const { signal } = context;
  try {
    return { state: "finished", reason: await carryToEnd(job, context) };
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    return { state: "interrupted", reason: "stopped by the user" };
  }
}

/**
 * Does so, and gives the reason if it ended before its last step; where it is
 * stopped, it fails with the signal's reason.
 */
async function carryToEnd(
  job: Job,
  context: RunContext,
): Promise<string | undefined> {
  const { plan: { spec, steps }, machine, data, engine, start } = job;
  const { records, recorder } = job;
  if (start.step === 0) {
    for (const note of job.notes) recorder.log("info", note);
  }
  const workers = workersFor(spec.train, {
    gpu: engine.facts.gpu,
    cores: navigator.hardwareConcurrency,
  });
  await using batches = openBatches({ ...data.stream, workers }, {
    fromStep: start.step * machine.accumulate,
  });
  const perStep = samplesPerStep(spec.train);
  const progress = new Progress({
    totalSteps: steps.total,
    batch: perStep,
    voxelsPerStep: sizeOf(data.stream.patchVox) * perStep,
    termNames: machine.terms.map(({ name }) => name),
    isTerminal: context.isTerminal,
  }, context.print);
  const { signal } = context;
  const forwardOf = openForward(engine, machine);
  const evaluatorOf = (state: TrainState): Evaluator => ({
    forward: forwardOf(state.predicting),
    plan: { ...spec.infer, patchVox: job.plan.inferPatchVox },
    metrics: spec.evaluate.metrics.map(metrics.create),
    signal,
  });
  const trainPlan: TrainPlan = {
    totalSteps: steps.total,
    saveEverySteps: steps.save,
    validateEverySteps: steps.validate,
    onNan: spec.train.onNan,
    stopEarly: stopEarlyOf(spec, job.plan.ranking),
  };
  const observer = new RunObserver(job, {
    trainPlan,
    evaluatorOf,
    progress,
    context,
  });
  {
    using first = TrainState.from(start, machine.optimizer.slotNames);
    await observer.payDebt(first);
  }
  recorder.flush();
  const validations = validationsSoFar(records, recorder.run.id);
  using last = await train({
    ...machine,
    engine,
    batches,
    start,
    validations,
    seed: spec.seed,
    plan: trainPlan,
    observer,
    signal,
  });
  progress.pause();
  const { earlyEnd } = observer;
  if (last.step < steps.total && !earlyEnd) signal.throwIfAborted();
  await evaluateBest(job, evaluatorOf, context);
  return earlyEnd;
}

/** Measures the best weights: validation, then test at validation's threshold. */
async function evaluateBest(
  { plan: { spec }, machine, data, records, recorder, check }: Job,
  evaluatorOf: (state: TrainState) => Evaluator,
  context: RunContext,
): Promise<void> {
  const names = [bestCheckpoint, lastCheckpoint];
  const best = readCheckpoint(records, recorder.run.id, machine, names)!;
  using state = TrainState.from(best, []);
  const evaluator = evaluatorOf(state);
  let threshold: number | undefined;
  for (const split of ["validation", "test"] as const) {
    const volumes = data.measured[split];
    if (volumes.length === 0) continue;
    const evaluated = await evaluateVolumes(volumes, evaluator, threshold);
    for (const one of evaluated) {
      recordEvaluation(recorder, one, {
        split,
        thresholdFrom: threshold === undefined ? split : "validation",
        step: state.step,
        sectionsShown: spec.evaluate.sectionsShown,
        metrics: evaluator.metrics,
      });
    }
    const scores = meanScores(evaluated);
    const points = scorePoints(split, state.step, scores, bestPrefix);
    recorder.metrics(points);
    check?.metrics(points);
    context.print(
      `${split} with the weights of step ${state.step}: ${scoresText(scores)}`,
    );
    threshold ??= scores.threshold ?? undefined;
  }
}
