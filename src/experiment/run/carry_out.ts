import { ExperimentError, RunError } from "@/core/mod.ts";
import { type Recorder, type Run, verdictText } from "@/record/mod.ts";
import { LiveBoard } from "../tensorboard/mod.ts";
import { begin, claim } from "./begin.ts";
import type { RunContext } from "./context.ts";
import { engineRecord } from "./engine.ts";
import type { ActiveJob, Job } from "./job.ts";
import { MachineRecording } from "./machine_recording.ts";
import { beforeRun } from "./prepare.ts";
import { changedPrograms } from "./programs.ts";
import { trainAndMeasure } from "./train_and_measure.ts";

/**
 * Carries a job out and records how it ended, whatever happens.
 *
 * @throws {ExperimentError} If it cannot begin, and nothing is recorded then; or
 * if it failed because of what the user gave, which the record says.
 * @throws {RunError} If it failed; the record says why.
 */
export async function carryOut(job: Job, context: RunContext): Promise<Run> {
  context.signal.throwIfAborted(); // nothing is recorded yet
  using recorder = beforeRun(() => claim(job));
  job.programs.recordTo(recorder);
  try {
    await carryToEnd(job, recorder, context);
  } catch (error) {
    throw recordFailure(error, recorder, context);
  }
  return job.records.run(recorder.run.id);
}

async function carryToEnd(
  job: Job,
  recorder: Recorder,
  context: RunContext,
): Promise<void> {
  using board = boardOf(job, recorder, context);
  const begun = begin(job, recorder, { ...context, board });
  using machine = watchMachine(begun.job, context);
  const outcome = await trainAndMeasure(begun.job, context);
  machine.end();
  board?.pictures(job.records, job.plan.steps.total);
  recordEngine(recorder, job);
  const { id } = recorder.run;
  if (outcome.state === "interrupted") {
    recorder.finish(outcome.state, outcome.reason);
    context.print(`Interrupted; go on with: ${context.resumeBy(id)}`);
    return;
  }
  const { repetition } = begun;
  const verdict = repetition?.check.conclude([
    ...repetition.reasons,
    ...changedPrograms(job.records, { before: repetition.of, now: id }),
  ]);
  if (outcome.state === "stopped") recorder.stop(outcome.step, verdict);
  else recorder.finish(outcome.state, outcome.reason, verdict);
  if (verdict) context.print(verdictText(verdict));
}

/** What shows the run to a TensorBoard, if one watches. */
function boardOf(
  { start }: Job,
  { run }: Recorder,
  { boardFolder, print }: Pick<RunContext, "boardFolder" | "print">,
): LiveBoard | null {
  return boardFolder === undefined
    ? null
    : new LiveBoard(boardFolder, { run, afterStep: start.step, print });
}

/** What records the machine meanwhile. */
function watchMachine(
  { engine, plan, records, recorder }: ActiveJob,
  { resultsFolder }: Pick<RunContext, "resultsFolder">,
): MachineRecording {
  const cards = engine.facts.gpu === null ? 0 : plan.spec.train.devices;
  return new MachineRecording(recorder, {
    watched: { cards, folder: resultsFolder },
    before: Object.fromEntries(
      Object.entries(records.lastMetrics(recorder.id))
        .map(([name, value]) => [name.replace(/^train\//, ""), value]),
    ),
  });
}

/** Records what the engine has compiled and used, if it tells. */
function recordEngine(recorder: Recorder, { engine }: Pick<Job, "engine">) {
  const record = engineRecord(engine);
  if (!record) return;
  const bytes = new TextEncoder().encode(JSON.stringify(record));
  recorder.artifact("engine.json", "application/json", bytes);
}

/** Records why a run failed; the error that says so to the user. */
function recordFailure(
  error: unknown,
  recorder: Recorder,
  { print }: Pick<RunContext, "print">,
): Error {
  const reason = error instanceof Error ? error.message : String(error);
  const isTheirs = error instanceof ExperimentError;
  try {
    recorder.log("error", isTheirs ? `${error}` : reason);
    recorder.finish("failed", reason);
  } catch (second) { // such as a full disk: the first error is the one to show
    print(`The failure could not be recorded: ${second}`);
  }
  if (isTheirs) return error;
  const { id } = recorder.run;
  return new RunError(`Cannot carry the run to its end: ${reason}`, {
    where: `run ${id}`,
    fix: `Look at "deno task show ${id}"; if this is not your doing, report it`,
    cause: error,
  });
}
