import { openBatches } from "@/data/mod.ts";
import { train, type TrainPlan, TrainState } from "@/train/mod.ts";
import { samplesPerStep, stopEarlyOf, voxelsPerStep } from "../plan/mod.ts";
import type { RunContext } from "./context.ts";
import { openEvaluator } from "./evaluator.ts";
import type { ActiveJob } from "./job.ts";
import { measureBest } from "./measure_best.ts";
import { RunObserver } from "./observer.ts";
import { Progress } from "./progress.ts";
import { openValidationLoss } from "./validation_loss.ts";
import { validationsSoFar } from "./validations.ts";
import { Validator } from "./validator.ts";
import { workersFor } from "./workers.ts";

/** How a run ended, and why if it did so before its last step. */
export type Outcome =
  | {
    readonly state: "finished" | "interrupted";
    readonly reason?: string | undefined;
  }
  /** Stopped by a search after a step. */
  | { readonly state: "stopped"; readonly step: number };

/** Trains, validates on the way, measures the best weights; records it all. */
export async function trainAndMeasure(
  job: ActiveJob,
  context: RunContext,
): Promise<Outcome> {
  const { signal } = context;
  try {
    return await toTheEnd(job, context);
  } catch (error) {
    if (error !== signal.reason) throw error;
    return { state: "interrupted", reason: "stopped by the user" };
  }
}

/** Does so; where the user stops it, it fails with the signal's reason. */
async function toTheEnd(
  job: ActiveJob,
  context: RunContext,
): Promise<Outcome> {
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
  const company = {
    signal,
    onProgress(what: string) {
      recorder.heartbeat();
      progress.measuring(what);
    },
  };
  const evaluatorOf = openEvaluator(job, company);
  const validator = new Validator(job, {
    ...{ evaluatorOf, progress, context },
    lossOf: openValidationLoss(job, company),
  });
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
  const { stopAfter } = job;
  const { step } = last;
  const isStopped = stopAfter !== null && step >= stopAfter;
  if (isStopped && step < steps.total && !earlyEnd) {
    return { state: "stopped", step };
  }
  if (step < steps.total && !earlyEnd) signal.throwIfAborted();
  await measureBest(job, { evaluatorOf, progress, context });
  return { state: "finished", reason: earlyEnd };
}

function trainPlanOf(
  { plan: { spec, steps, ranking }, stopAfter }: Pick<
    ActiveJob,
    "plan" | "stopAfter"
  >,
): TrainPlan {
  return {
    totalSteps: steps.total,
    saveEverySteps: steps.save,
    validateEverySteps: steps.validate,
    onNan: spec.train.onNan,
    stopAfter: stopAfter ?? undefined,
    stopEarly: stopEarlyOf(spec, ranking),
  };
}

function openProgress(
  { plan: { spec, steps }, training }: ActiveJob,
  { isTerminal, print }: RunContext,
): Progress {
  return new Progress({
    totalSteps: steps.total,
    batch: samplesPerStep(spec.train),
    voxelsPerStep: voxelsPerStep(spec),
    termNames: training.terms.map(({ name }) => name),
    isTerminal,
  }, print);
}
