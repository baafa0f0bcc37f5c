import { sizeOf } from "@/core/mod.ts";
import { openBatches } from "@/data/mod.ts";
import { train, type TrainPlan, TrainState } from "@/train/mod.ts";
import { samplesPerStep, stopEarlyOf } from "../plan/mod.ts";
import type { RunContext } from "./context.ts";
import { openEvaluator } from "./evaluator.ts";
import type { ActiveJob } from "./job.ts";
import { measureBest } from "./measure_best.ts";
import { RunObserver } from "./observer.ts";
import { Progress } from "./progress.ts";
import { validationsSoFar } from "./validations.ts";
import { Validator } from "./validator.ts";
import { workersFor } from "./workers.ts";

/** How a run ended, and why if it did so before its last step. */
export interface Outcome {
  /** How. */
  readonly state: "finished" | "interrupted";
  /** Why. */
  readonly reason?: string | undefined;
}

/** Trains, validates on the way, measures the best weights; records it all. */
export async function trainAndMeasure(
  job: ActiveJob,
  context: RunContext,
): Promise<Outcome> {
  const { signal } = context;
  try {
    return { state: "finished", reason: await toTheEnd(job, context) };
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    return { state: "interrupted", reason: "stopped by the user" };
  }
}

/**
 * Does so, and gives the reason if it ended before its last step; where it is
 * stopped, it fails with the signal's reason.
 */
async function toTheEnd(
  job: ActiveJob,
  context: RunContext,
): Promise<string | undefined> {
  const { plan: { spec, steps }, training, data, engine, start } = job;
  const { signal } = context;
  const workers = workersFor(spec.train, {
    gpu: engine.facts.gpu,
    cores: navigator.hardwareConcurrency,
  });
  await using batches = openBatches({ ...data.stream, workers }, {
    fromStep: start.step * training.accumulate,
  });
  const plan = trainPlanOf(job);
  const { recorder } = job.recorder;
  const progress = openProgress(job, context);
  const evaluatorOf = openEvaluator(job, {
    signal,
    onProgress(what) {
      recorder.heartbeat();
      progress.measuring(what);
    },
  });
  const validator = new Validator(job, { evaluatorOf, progress, context });
  const observer = new RunObserver(job, {
    ...{ plan, validator, progress, context },
  });
  {
    using first = TrainState.from(start, training.optimizer.slotNames);
    await observer.doWhatWasDue(first);
  }
  recorder.flush();
  using last = await train({
    ...training,
    engine,
    batches,
    start,
    validations: validationsSoFar(job.records, recorder.run.id),
    seed: spec.seed,
    plan,
    observer,
    signal,
  });
  progress.pause();
  const { earlyEnd } = observer;
  if (last.step < steps.total && !earlyEnd) signal.throwIfAborted();
  await measureBest(job, { evaluatorOf, progress, context });
  return earlyEnd;
}

function trainPlanOf(
  { plan: { spec, steps, ranking } }: Pick<ActiveJob, "plan">,
): TrainPlan {
  return {
    totalSteps: steps.total,
    saveEverySteps: steps.save,
    validateEverySteps: steps.validate,
    onNan: spec.train.onNan,
    stopEarly: stopEarlyOf(spec, ranking),
  };
}

function openProgress(
  { plan: { spec, steps }, training, data }: ActiveJob,
  { isTerminal, print }: RunContext,
): Progress {
  const perStep = samplesPerStep(spec.train);
  return new Progress({
    totalSteps: steps.total,
    batch: perStep,
    voxelsPerStep: sizeOf(data.stream.patchVox) * perStep,
    termNames: training.terms.map(({ name }) => name),
    isTerminal,
  }, print);
}
