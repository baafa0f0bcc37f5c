import { sizeOf } from "@/core/mod.ts";
import { openBatches } from "@/data/mod.ts";
import type { Engine } from "@/engine/mod.ts";
import type { Recorder, Records } from "@/record/mod.ts";
import {
  type Snapshot,
  train,
  type TrainPlan,
  TrainState,
} from "@/train/mod.ts";
import type { Plan } from "../plan/mod.ts";
import { bestCheckpoint, readCheckpoint } from "./checkpoints.ts";
import type { RunData } from "./data.ts";
import {
  evaluateVolumes,
  type Evaluator,
  meanScores,
  recordEvaluation,
} from "./evaluate.ts";
import { RunObserver } from "./observer.ts";
import { Progress } from "./progress.ts";
import { scorePoints, scoresText } from "./recording.ts";
import { type Machine, openForward } from "./session.ts";
import type { RunContext } from "./types.ts";
import type { Verdict } from "./verdict.ts";

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
  /** What checks it against the run it repeats, if it does. */
  readonly verdict: Verdict | null;
}

/** The best validation so far. */
export interface BestSoFar {
  /** The step after which it was measured. */
  readonly step: number;
  /** Its value of {@linkcode rankingOf}. */
  readonly value: number;
}

/** How a run ended. */
export type Outcome = "finished" | "interrupted";

/** Trains, validates on the way, evaluates the best weights; records it all. */
export async function carryOut(
  job: Job,
  context: RunContext,
): Promise<Outcome> {
  const { signal } = context;
  try {
    await carryToEnd(job, context);
  } catch (error) {
    if (signal.aborted && error === signal.reason) return "interrupted";
    throw error;
  }
  return "finished";
}

/** Does so; where it is stopped, it fails with the signal's reason. */
async function carryToEnd(job: Job, context: RunContext): Promise<void> {
  const { plan: { spec, steps }, machine, data, engine, start } = job;
  await using batches = openBatches(data.stream, { fromStep: start.step });
  const progress = new Progress({
    totalSteps: steps.total,
    batch: spec.train.batch,
    voxelsPerStep: sizeOf(data.stream.patchVox) * spec.train.batch,
    termNames: machine.terms.map(({ name }) => name),
    isTerminal: context.isTerminal,
  }, context.print);
  const { signal } = context;
  const forwardOf = openForward(engine, machine);
  const evaluatorOf = (state: TrainState): Evaluator => ({
    forward: forwardOf(state),
    plan: { ...spec.infer, patchVox: job.plan.inferPatchVox },
    metricNames: spec.evaluate.metrics,
    signal,
  });
  const trainPlan: TrainPlan = {
    totalSteps: steps.total,
    saveEverySteps: steps.save,
    validateEverySteps: steps.validate,
    onNan: spec.train.onNan,
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
  using last = await train({
    ...machine,
    engine,
    batches,
    start,
    seed: spec.seed,
    plan: trainPlan,
    observer,
    signal,
  });
  progress.pause();
  if (last.step < steps.total) signal.throwIfAborted();
  await evaluateBest(job, last, evaluatorOf, context);
}

/** Measures the best weights: validation, then test at validation's threshold. */
async function evaluateBest(
  { plan: { spec }, machine, data, records, recorder, verdict }: Job,
  last: TrainState,
  evaluatorOf: (state: TrainState) => Evaluator,
  context: RunContext,
): Promise<void> {
  const { slotNames } = machine.optimizer;
  const snapshot = readCheckpoint(records, recorder.run.id, machine, [
    bestCheckpoint,
  ]) ?? await last.snapshot(slotNames);
  using state = TrainState.from(snapshot, slotNames);
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
        metricNames: spec.evaluate.metrics,
      });
    }
    const scores = meanScores(evaluated);
    const points = scorePoints(split, state.step, scores, "best.");
    recorder.metrics(points);
    verdict?.metrics(points);
    context.print(
      `${split} with the weights of step ${state.step}: ${scoresText(scores)}`,
    );
    threshold ??= scores.threshold ?? undefined;
  }
}
