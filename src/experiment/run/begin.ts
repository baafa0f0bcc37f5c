import type { Recorder } from "@/record/mod.ts";
import { drawPlan, type Plan } from "../plan/mod.ts";
import type { LiveBoard } from "../tensorboard/mod.ts";
import { CheckedRecorder } from "./checked_recorder.ts";
import type { RunContext } from "./context.ts";
import { type EarlierTraining, takeOver } from "./earlier_training.ts";
import type { ActiveJob, Job } from "./job.ts";
import { type Repetition, repetitionOf } from "./repetition.ts";
import { changedSurroundings } from "./surroundings.ts";
import { bestSoFar } from "./validations.ts";

/** A job that has begun, and what it is compared by, if it repeats a run. */
export interface Begun {
  /** The job. */
  readonly job: ActiveJob;
  /** What it is compared by. */
  readonly repetition: Repetition | null;
}

/**
 * Takes a job's place in the records: a new run, or the one that was cut.
 *
 * @throws {ExperimentError} If it is not to be had.
 * @throws {RunError} If it cannot be written.
 */
export function claim(
  { records, record, start }: Pick<Job, "records" | "record" | "start">,
): Recorder {
  return "newRun" in record
    ? records.startRun(record.newRun, { unique: record.unique })
    : records.continueRun(record.id, { afterStep: start.step });
}

/** Records and says how a run begins, and looks up what is known from before. */
export function begin(
  job: Job,
  recorder: Recorder,
  { print, onBegin, board }: Pick<RunContext, "print" | "onBegin"> & {
    readonly board: LiveBoard | null;
  },
): Begun {
  const { plan, records, record, mustEqual, surroundings, start } = job;
  const { id } = recorder.run;
  onBegin(id);
  if ("newRun" in record) beginNew(job, recorder, print);
  else goOn(job, recorder, print);
  for (const notice of job.engine.facts.notices) {
    recorder.log("warning", notice);
  }
  if (start.step === 0) {
    for (const note of job.notes) recorder.log("info", note);
    for (const { level, text } of job.findings) {
      recorder.log(level === "note" ? "info" : "warning", text);
    }
  }
  const repetition = mustEqual &&
    repetitionOf(records, {
      before: mustEqual,
      now: { ...surroundings, id },
    });
  return {
    job: {
      ...job,
      recorder: new CheckedRecorder(recorder, {
        afterStep: start.step,
        check: repetition?.check ?? null,
        board,
      }),
      best: bestSoFar(records, { id, ranking: plan.ranking }),
    },
    repetition,
  };
}

function beginNew(
  { plan, mustEqual, takesOver }: Job,
  recorder: Recorder,
  print: RunContext["print"],
): void {
  recordPlan(recorder, plan);
  const { id } = recorder.run;
  if (mustEqual) print(`Repeating ${mustEqual.id} as ${id}`);
  else if (!takesOver) print(`Running ${plan.spec.name} as ${id}`);
  else {
    print(`${whatIsTakenOver(takesOver)} as ${id}`);
    for (const change of takesOver.changes) {
      print(`Note: since they were trained, ${change}`);
    }
    takeOver(takesOver, recorder);
  }
}

function whatIsTakenOver({ run, end, isWhole }: EarlierTraining): string {
  return isWhole
    ? `Measuring the weights of ${run.id}`
    : `Going on with the training of ${run.id} after step ${end.step}`;
}

function goOn(
  { surroundings, start: { step } }: Job,
  recorder: Recorder,
  print: RunContext["print"],
): void {
  const { run } = recorder;
  print(`Going on with ${run.id} after step ${step}`);
  recorder.log("info", `resumed after step ${step}`);
  for (const reason of changedSurroundings(run, surroundings)) {
    print(`Note: since the run began, ${reason}`);
    recorder.log("warning", `since the run began, ${reason}`);
  }
}

function recordPlan(recorder: Recorder, plan: Plan): void {
  const keep = (name: string, mediaType: string, text: string) =>
    recorder.artifact(name, mediaType, new TextEncoder().encode(text));
  keep("plan.json", "application/json", JSON.stringify(plan, null, 2));
  keep("network.svg", "image/svg+xml", drawPlan(plan));
}
